package dev.titan.api.steering;

import dev.titan.api.auth.Caller;
import dev.titan.api.problem.FieldError;
import dev.titan.api.problem.ProblemException;
import dev.titan.api.problem.ProblemType;
import dev.titan.api.task.TaskAccess;
import dev.titan.api.task.TaskCommands;
import dev.titan.api.task.TemporalUnavailableException;
import dev.titan.contracts.steering.Command;
import dev.titan.contracts.steering.CommandId;
import dev.titan.contracts.steering.SteeringRefusal;
import dev.titan.store.steering.CommandRepository;
import dev.titan.store.steering.CommandRow;
import dev.titan.store.task.TaskRow;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives commands to tasks. The words are stored first, for the loop is given the id alone; an answer means that the loop
 * has taken the command. Repeating one under its key is harmless at any time.
 */
public final class TaskSteering {

    private static final Logger LOG = LoggerFactory.getLogger(TaskSteering.class);

    private final TaskAccess access;
    private final CommandRepository commands;
    private final TaskCommands tasks;

    public TaskSteering(TaskAccess access, CommandRepository commands, TaskCommands tasks) {
        this.access = access;
        this.commands = commands;
        this.tasks = tasks;
    }

    SteeringResponse steer(Caller caller, String id, @Nullable String idempotencyKey, Command command) {
        TaskRow task = access.require(caller, id);
        CommandId key = CommandKey.of(idempotencyKey);
        CommandRow stored = stored(task, key, command);
        if (stored.takenAt() == null) {
            give(task, key, stored.command());
        }
        return SteeringResponse.of(access.require(caller, id), key);
    }

    private CommandRow stored(TaskRow task, CommandId key, Command command) {
        if (task.ended() && commands.find(task.id(), key).isEmpty()) {
            throw ended(task);
        }
        CommandRow stored = commands.save(task.id(), key, command);
        if (!stored.command().equals(command)) {
            String reason = "was used for another request; use a new one";
            throw new ProblemException(
                    ProblemType.IDEMPOTENCY_CONFLICT,
                    "'Idempotency-Key' %s.".formatted(reason),
                    List.of(new FieldError("Idempotency-Key", reason)));
        }
        return stored;
    }

    private void give(TaskRow task, CommandId key, Command command) {
        try {
            switch (tasks.steer(task.id(), key, command)) {
                case TaskCommands.Answer.Taken() -> LOG.info("Command {} taken", key);
                case TaskCommands.Answer.Refused(SteeringRefusal refusal) -> {
                    commands.forget(task.id(), key);
                    throw new ProblemException(ProblemType.STATE_CONFLICT, says(refusal));
                }
                case TaskCommands.Answer.NotRunning() -> {
                    commands.forget(task.id(), key);
                    throw task.ended() ? ended(task) : notBegun();
                }
            }
        } catch (TemporalUnavailableException e) {
            LOG.warn("The task did not answer", e);
            throw new ProblemException(
                    ProblemType.TEMPORAL_UNAVAILABLE,
                    "The task did not answer in time. Repeat the request under the same Idempotency-Key in a moment.");
        }
    }

    private static ProblemException ended(TaskRow task) {
        return new ProblemException(
                ProblemType.STATE_CONFLICT,
                "The task has ended (%s).".formatted(task.status().wire()));
    }

    private static ProblemException notBegun() {
        return new ProblemException(
                ProblemType.TEMPORAL_UNAVAILABLE,
                "The task has not begun yet, or has just ended. Try again in a moment.");
    }

    private static String says(SteeringRefusal refusal) {
        return switch (refusal) {
            case ALREADY_PAUSED -> "The task is paused already.";
            case NOT_PAUSED -> "The task is not paused.";
            case BUDGET_REACHED -> "The task is paused because a budget is used up. Raise the budget to go on.";
            case BUDGET_NOT_RAISED ->
                "The budget has to raise at least one limit of the task, and may lower none. A part that is unlimited stays so.";
            case APPROVAL_UNKNOWN -> "The task does not wait for this approval any more.";
            case APPROVAL_STALE -> "The decision names another call than the one that waits.";
            case APPROVAL_DECIDED -> "The approval is decided already.";
            case TASK_ENDING -> "The task is ending.";
        };
    }
}
