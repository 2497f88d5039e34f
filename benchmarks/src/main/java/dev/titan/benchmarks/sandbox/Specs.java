package dev.titan.benchmarks.sandbox;

import dev.titan.contracts.task.TaskId;
import dev.titan.sandbox.PoolShape;
import dev.titan.sandbox.SandboxLife;
import dev.titan.sandbox.SandboxLimits;
import dev.titan.sandbox.SandboxSpec;
import java.time.Duration;
import java.util.UUID;

/** The sandboxes a run asks for: of the standard shape, each for a task of its own, and short-lived. */
final class Specs {

    /** Above the time of a whole run: should nobody be left to end them, they end themselves soon. */
    private static final SandboxLife LIFE = new SandboxLife(Duration.ofMinutes(10), Duration.ofMinutes(10));

    /** The shape of all of them, for those that are made ahead. */
    static final PoolShape SHAPE = new PoolShape(SandboxLimits.STANDARD, LIFE);

    private Specs() {}

    static SandboxSpec next() {
        TaskId task = new TaskId("task-" + UUID.randomUUID());
        return new SandboxSpec(SandboxSpec.idFor(task), task, SHAPE.limits(), SHAPE.life());
    }
}
