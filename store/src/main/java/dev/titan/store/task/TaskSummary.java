package dev.titan.store.task;

import dev.titan.contracts.chat.Usage;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskReason;
import dev.titan.contracts.task.TaskStatus;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task in a list. Its request is left out: a hundred of them could weigh 100 MiB.
 *
 * @param id the task
 * @param goal the first {@value #GOAL_CHARS_MAX} characters of the goal
 * @param metadata the user's own labels
 * @param status where it is
 * @param reason why it has this status, where that needs saying
 * @param message the answer of a task that succeeded, or what went wrong
 * @param usage what its model calls cost so far
 * @param lastSeq the number of events so far
 * @param createdAt when it was accepted
 * @param startedAt when its loop began
 * @param endedAt when it ended
 */
public record TaskSummary(
        TaskId id,
        String goal,
        Map<String, String> metadata,
        TaskStatus status,
        @Nullable TaskReason reason,
        @Nullable String message,
        Usage usage,
        long lastSeq,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {

    /** A line or three on a screen. */
    public static final int GOAL_CHARS_MAX = 200;

    public TaskSummary {
        metadata = Map.copyOf(metadata);
    }
}
