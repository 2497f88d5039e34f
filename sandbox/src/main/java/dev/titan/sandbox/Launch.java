package dev.titan.sandbox;

import dev.titan.contracts.sandbox.SandboxId;

/**
 * A sandbox that is to be started, for a task or for the pool.
 *
 * @param id names its container and its place
 * @param limits what it may use
 * @param life how long it lives unattended
 */
public record Launch(SandboxId id, SandboxLimits limits, SandboxLife life) {

    /** Returns the start of a task's sandbox. */
    public static Launch of(SandboxSpec spec) {
        return new Launch(spec.id(), spec.limits(), spec.life());
    }

    /** Returns the start of a sandbox that waits for a task. */
    public static Launch warm(WarmId id, PoolShape shape) {
        return new Launch(id.id(), shape.limits(), shape.waitingLife());
    }
}
