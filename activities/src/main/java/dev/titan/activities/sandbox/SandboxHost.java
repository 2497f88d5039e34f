package dev.titan.activities.sandbox;

import dev.titan.activities.tool.Workspaces;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.task.TaskId;
import dev.titan.sandbox.HostId;
import dev.titan.sandbox.SandboxLife;
import dev.titan.sandbox.SandboxLimits;
import dev.titan.sandbox.SandboxProvider;
import dev.titan.sandbox.SandboxSpec;
import java.time.Duration;

/**
 * This host and what makes its sandboxes. Thread-safe.
 *
 * @param provider makes sandboxes here
 * @param host the id of this host
 * @param life how long its sandboxes live unattended
 * @param awayMax how long it may be away before its sandboxes count as lost
 */
public record SandboxHost(SandboxProvider provider, HostId host, SandboxLife life, Duration awayMax)
        implements Workspaces {

    /** A host with the usual times. */
    public SandboxHost(SandboxProvider provider, HostId host) {
        this(provider, host, SandboxLife.STANDARD, SandboxRef.HOST_AWAY_USUAL);
    }

    @Override
    public Workspace open(SandboxRef sandbox) {
        if (!sandbox.host().equals(host.value())) {
            throw new SandboxException.Lost(
                    sandbox.id(), "it is on host %s, and this is %s".formatted(sandbox.host(), host));
        }
        if (!sandbox.provider().equals(provider.name())) {
            throw new SandboxException.Lost(
                    sandbox.id(),
                    "%s made it, and this host now uses %s".formatted(sandbox.provider(), provider.name()));
        }
        return provider.connect(sandbox.id());
    }

    /** Returns the sandbox of a task's generation as it is made here. */
    SandboxSpec specOf(TaskId task, int generation) {
        return new SandboxSpec(SandboxSpec.idFor(task, generation), task, SandboxLimits.STANDARD, life);
    }

    /** Returns how a sandbox that is made here is named everywhere. */
    SandboxRef refOf(SandboxSpec spec, int generation) {
        return new SandboxRef(spec.id(), host.value(), provider.name(), generation, awayMax);
    }
}
