package dev.titan.store.task;

import dev.titan.contracts.chat.Usage;
import dev.titan.contracts.task.Inheritance;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskReason;
import dev.titan.contracts.task.TaskRequest;
import dev.titan.contracts.task.TaskStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task as it is now.
 *
 * @param id the task
 * @param organisationId who owns it
 * @param userId who asked
 * @param request what was asked
 * @param status where it is
 * @param reason why it has this status, where that needs saying
 * @param message the answer of a task that succeeded, or what went wrong
 * @param planVersion the plan in force; 0 before there is one
 * @param usage what its model calls cost so far
 * @param lastSeq the number of events so far
 * @param traceId 32 hexadecimal digits
 * @param cancelRequested whether a user wants it to end
 * @param workflowStarted whether Temporal has confirmed its workflow
 * @param createdAt when it was accepted
 * @param startedAt when its loop began
 * @param endedAt when it ended
 * @param updatedAt when its last event was recorded
 * @param inheritance what it has taken over of another task; absent when it began at the beginning
 */
public record TaskRow(
        TaskId id,
        String organisationId,
        String userId,
        TaskRequest request,
        TaskStatus status,
        @Nullable TaskReason reason,
        @Nullable String message,
        int planVersion,
        Usage usage,
        long lastSeq,
        String traceId,
        boolean cancelRequested,
        boolean workflowStarted,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        Instant updatedAt,
        @Nullable Inheritance inheritance) {

    /** Returns whether nothing will happen to it any more. */
    public boolean ended() {
        return endedAt != null;
    }
}
