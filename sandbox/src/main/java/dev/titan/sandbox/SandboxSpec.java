package dev.titan.sandbox;

import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.task.TaskId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /** A UUID, and the number of the generation from the second on. */
    private static final Pattern OF_TASK =
            Pattern.compile("sbx-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:-g[0-9]+)?");

    /** Returns the id of a task's sandbox: {@code sbx-} and the task's UUID. */
    public static SandboxId idFor(TaskId task) {
        return new SandboxId("sbx-" + task.value().substring("task-".length()));
    }

    /** Returns the id of a task's sandbox of a generation: {@code -g2} and so on behind that of the first. */
    public static SandboxId idFor(TaskId task, int generation) {
        SandboxId first = idFor(task);
        return generation == 1 ? first : new SandboxId("%s-g%d".formatted(first, generation));
    }

    /** Returns the task of a sandbox, of whatever generation; empty when the id was not made from a task's. */
    public static Optional<TaskId> taskOf(SandboxId id) {
        Matcher match = OF_TASK.matcher(id.value());
        return match.matches() ? Optional.of(new TaskId("task-" + match.group(1))) : Optional.empty();
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
