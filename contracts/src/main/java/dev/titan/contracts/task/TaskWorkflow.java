package dev.titan.contracts.task;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** The agent loop of one task; its workflow id is the task's id. Cancelling the workflow cancels the task. */
@WorkflowInterface
public interface TaskWorkflow {

    /** The queue of workflows and of every activity that needs no sandbox. */
    String TASK_QUEUE = "titan";

    /** Runs the task to its end. Failures are outcomes; only a bug fails the workflow itself. */
    @WorkflowMethod(name = "Task")
    TaskOutcome run(TaskStart start);
}
