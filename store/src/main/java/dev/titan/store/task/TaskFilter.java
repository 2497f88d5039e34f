package dev.titan.store.task;

import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskStatus;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks a page shows, newest first.
 *
 * @param organisationId whose tasks
 * @param status only tasks in this status, or absent for all
 * @param before only tasks older than this one, or absent for the first page
 * @param limit 1–{@value #LIMIT_MAX}
 */
public record TaskFilter(
        String organisationId,
        @Nullable TaskStatus status,
        @Nullable TaskId before,
        int limit) {

    /** More than anyone reads at once, and quick to load. */
    public static final int LIMIT_MAX = 101;

    public TaskFilter {
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("limit must be 1–%d, not %d".formatted(LIMIT_MAX, limit));
        }
    }
}
