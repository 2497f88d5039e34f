package dev.titan.api.task;

import dev.titan.contracts.steering.Command;
import dev.titan.contracts.steering.CommandId;
import dev.titan.contracts.steering.SteeringRefusal;
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

    /**
     * Gives a command to the task's workflow; returns once it is taken or refused. Given again under the same id it is one
     * command.
     *
     * @throws TemporalUnavailableException when nobody answers in time; the command may still be taken
     */
    Answer steer(TaskId task, CommandId id, Command command);

    /** What became of a command. */
    sealed interface Answer {

        /** It is taken, and that is recorded. */
        record Taken() implements Answer {}

        /** The task does not take it in the state it is in; nothing was changed. */
        record Refused(SteeringRefusal refusal) implements Answer {}

        /** No workflow of the task is running. */
        record NotRunning() implements Answer {}
    }
}
