package dev.titan.api.task;

import dev.titan.api.auth.Caller;
import dev.titan.api.problem.ProblemException;
import dev.titan.api.problem.ProblemType;
import dev.titan.contracts.task.TaskId;
import dev.titan.store.task.Cancellation;
import dev.titan.store.task.TaskRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * Cancels tasks. The wish is stored before anything else, so it outlives a crash between the two; repeating it is
 * harmless.
 */
public final class TaskCancelling {

    private static final Logger LOG = LoggerFactory.getLogger(TaskCancelling.class);

    private final TaskAccess access;
    private final TaskRepository tasks;
    private final TaskCommands commands;

    public TaskCancelling(TaskAccess access, TaskRepository tasks, TaskCommands commands) {
        this.access = access;
        this.tasks = tasks;
        this.commands = commands;
    }

    ResponseEntity<CancelResponse> cancel(Caller caller, String id) {
        TaskId task = access.require(caller, id).id();
        Cancellation cancellation = tasks.requestCancel(task);
        LOG.info("Cancel: {}", cancellation);
        return switch (cancellation) {
            case ALREADY_ENDED -> answer(HttpStatus.OK, caller, id, "The task had ended already; nothing was changed.");
            case ENDED -> answer(HttpStatus.OK, caller, id, "The task was cancelled before it was started.");
            case START_UNCERTAIN -> {
                tellIfPossible(task);
                yield answer(HttpStatus.ACCEPTED, caller, id, "The task will end as soon as Temporal answers.");
            }
            case STARTED -> {
                tell(task);
                yield answer(HttpStatus.ACCEPTED, caller, id, "The task is being cancelled.");
            }
        };
    }

    private void tell(TaskId task) {
        try {
            commands.cancel(task);
        } catch (TemporalUnavailableException e) {
            LOG.warn("Temporal does not answer", e);
            throw new ProblemException(
                    ProblemType.TEMPORAL_UNAVAILABLE,
                    "Temporal does not answer, so the task could not be told. Try again in a moment.");
        }
    }

    /** The starter carries the wish out when this does not. */
    private void tellIfPossible(TaskId task) {
        try {
            commands.cancel(task);
        } catch (TemporalUnavailableException e) {
            LOG.info("Temporal does not answer; the starter will cancel: {}", e.getMessage());
        }
    }

    private ResponseEntity<CancelResponse> answer(HttpStatus status, Caller caller, String id, String detail) {
        return ResponseEntity.status(status).body(CancelResponse.of(access.require(caller, id), detail));
    }
}
