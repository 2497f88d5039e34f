package dev.titan.benchmarks.loop;

import dev.titan.contracts.task.TaskStart;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** A workflow to compare with; it gets what Titan's gets. */
@WorkflowInterface
public interface Bare {

    /** Returns once the model asks for nothing more. */
    @WorkflowMethod(name = "Bare")
    void run(TaskStart start);
}
