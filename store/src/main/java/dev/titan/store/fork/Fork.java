package dev.titan.store.fork;

import dev.titan.contracts.task.TaskId;
import dev.titan.store.task.NewTask;
import org.jspecify.annotations.Nullable;

/**
 * A task that is to go on from another one.
 *
 * @param task the new task, which takes over nothing yet
 * @param from the task it goes on from
 * @param point where in that task
 * @param message what its user says to the model in the beginning; absent when nothing
 * @param otherGoal whether its goal is another one than that task's
 */
public record Fork(
        NewTask task,
        TaskId from,
        ForkPoint point,
        @Nullable String message,
        boolean otherGoal) {}
