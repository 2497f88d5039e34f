package dev.titan.api.steering;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.titan.contracts.steering.CommandId;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskReason;
import dev.titan.contracts.task.TaskStatus;
import dev.titan.store.task.TaskRow;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a command: the task has taken it, and that is recorded.
 *
 * @param taskId the task, under the name older clients know
 * @param id the task
 * @param commandId the command; a repetition under the same {@code Idempotency-Key} has the same
 * @param status where the task is now
 * @param reason why it has this status, where that needs saying
 */
record SteeringResponse(
        @JsonProperty("taskId") TaskId taskId,
        TaskId id,
        CommandId commandId,
        TaskStatus status,
        @Nullable TaskReason reason) {

    static SteeringResponse of(TaskRow task, CommandId command) {
        return new SteeringResponse(task.id(), task.id(), command, task.status(), task.reason());
    }
}
