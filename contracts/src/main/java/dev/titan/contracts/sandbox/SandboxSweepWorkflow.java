package dev.titan.contracts.sandbox;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Has every sandbox host swept once. A schedule runs it, so that leftovers are removed also where the sandbox role lives and
 * the loop in it that should do so does not.
 */
@WorkflowInterface
public interface SandboxSweepWorkflow {

    /** The id of the schedule, and the beginning of the ids of its runs. */
    String SCHEDULE = "titan-sandbox-sweep";

    @WorkflowMethod(name = "SandboxSweepWorkflow")
    void sweep();
}
