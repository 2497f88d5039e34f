package dev.titan.api.task;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskReason;
import dev.titan.contracts.task.TaskStatus;
import dev.titan.store.task.TaskRow;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a cancellation.
 *
 * @param taskId the task, under the name older clients know
 * @param id the task
 * @param status where it is now
 * @param reason why it has this status, where that needs saying
 * @param cancelRequested whether its end was asked for
 * @param detail what follows, in a sentence
 */
record CancelResponse(
        @JsonProperty("taskId") TaskId taskId,
        TaskId id,
        TaskStatus status,
        @Nullable TaskReason reason,
        boolean cancelRequested,
        String detail) {

    static CancelResponse of(TaskRow task, String detail) {
        return new CancelResponse(task.id(), task.id(), task.status(), task.reason(), task.cancelRequested(), detail);
    }
}
