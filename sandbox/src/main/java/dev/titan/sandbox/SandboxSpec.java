package dev.titan.sandbox;

import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.task.TaskId;

/**
 * The sandbox that is wanted.
 *
 * @param id derived from the task, so that a repeated create adopts
 * @param task the task it is for
 * @param limits what it may use
 * @param life how long it lives unattended
 * @param policy what it must be; a provider that gives less refuses
 */
public record SandboxSpec(SandboxId id, TaskId task, SandboxLimits limits, SandboxLife life, SandboxPolicy policy) {

    /** A sandbox of which nothing special is demanded. */
    public SandboxSpec(SandboxId id, TaskId task, SandboxLimits limits, SandboxLife life) {
        this(id, task, limits, life, SandboxPolicy.ANY);
    }

    /** Returns the id of a task's sandbox: {@code sbx-} and the task's UUID. */
    public static SandboxId idFor(TaskId task) {
        return new SandboxId("sbx-" + task.value().substring("task-".length()));
    }

    /** Returns the id of a task's sandbox of a generation: {@code -g2} and so on behind that of the first. */
    public static SandboxId idFor(TaskId task, int generation) {
        SandboxId first = idFor(task);
        return generation == 1 ? first : new SandboxId("%s-g%d".formatted(first, generation));
    }

    /** Returns a task's sandbox of the standard shape. */
    public static SandboxSpec standard(TaskId task) {
        return standard(task, 1);
    }

    /** Returns a task's sandbox of a generation and the standard shape. */
    public static SandboxSpec standard(TaskId task, int generation) {
        return new SandboxSpec(idFor(task, generation), task, SandboxLimits.STANDARD, SandboxLife.STANDARD);
    }
}
