package dev.titan.api.task;

import dev.titan.contracts.task.TaskId;

/** What can be asked of a running task. */
public interface TaskCommands {

    /**
     * Asks the task's workflow to end; returns once that is certain to happen. A workflow that has ended, or that Temporal
     * does not know, is left as it is.
     *
     * @throws TemporalUnavailableException when Temporal does not answer
     */
    void cancel(TaskId task);
}
