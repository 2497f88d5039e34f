package dev.titan.api.task;

import dev.titan.contracts.task.TaskId;
import dev.titan.store.task.TaskSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of tasks, newest first.
 *
 * @param data the tasks
 * @param nextCursor where the next page begins; absent on the last one
 * @param hasMore whether there is a next page
 */
record TaskPage(List<TaskSummary> data, @Nullable TaskId nextCursor, boolean hasMore) {

    /** Cuts a page out of one task more than it may have. */
    static TaskPage of(List<TaskSummary> oneMore, int limit) {
        boolean hasMore = oneMore.size() > limit;
        List<TaskSummary> data = List.copyOf(oneMore.subList(0, Math.min(limit, oneMore.size())));
        return new TaskPage(data, hasMore ? data.getLast().id() : null, hasMore);
    }
}
