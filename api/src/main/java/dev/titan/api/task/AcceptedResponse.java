package dev.titan.api.task;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.titan.contracts.task.ForkOrigin;
import dev.titan.contracts.task.Inheritance;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskStatus;
import dev.titan.store.task.TaskRow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a task that was accepted; the same for every repetition of the request.
 *
 * @param taskId the task, under the name older clients know
 * @param id the task
 * @param status always {@code queued}: where it is by now is at its own address
 * @param createdAt when it was accepted
 * @param traceId 32 hexadecimal digits, in the logs of everything the task does
 * @param url where the task is to be seen
 * @param streamUrl where its events are to be followed by WebSocket
 * @param forkedFrom which task it goes on from; absent when it begins at the beginning
 */
record AcceptedResponse(
        @JsonProperty("taskId") TaskId taskId,
        TaskId id,
        TaskStatus status,
        Instant createdAt,
        String traceId,
        String url,
        String streamUrl,
        @Nullable ForkOrigin forkedFrom) {

    static AcceptedResponse of(TaskRow task) {
        String url = "/v1/tasks/" + task.id();
        Inheritance inheritance = task.inheritance();
        return new AcceptedResponse(
                task.id(),
                task.id(),
                TaskStatus.QUEUED,
                task.createdAt(),
                task.traceId(),
                url,
                url + "/stream",
                inheritance == null ? null : inheritance.from());
    }
}
