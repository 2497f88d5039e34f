package dev.titan.server.starter;

import dev.titan.api.health.Dependency;
import dev.titan.api.temporal.TemporalDependency;
import dev.titan.contracts.task.Lanes;
import dev.titan.contracts.task.SuccessCriterion;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskStart;
import dev.titan.contracts.task.TaskWorkflow;
import dev.titan.store.task.TaskRow;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import java.time.Duration;

/** What the starter asks of Temporal. The id of a workflow is the id of its task, so a task has one, however often asked. */
public final class WorkflowStarts {

    /** How long a workflow of a worker that died waits for another one; Temporal's own 10 s would be felt. */
    private static final Duration WORKFLOW_TASK_MAX = Duration.ofSeconds(5);

    private final WorkflowClient client;
    private final Lanes lanes;
    private final FirstProgress progress;
    private final TemporalDependency temporal;

    /**
     * @param lanes how the calls of the tasks get to their sandbox
     * @param progress where a task begins
     */
    public WorkflowStarts(WorkflowClient client, Lanes lanes, FirstProgress progress) {
        this.client = client;
        this.lanes = lanes;
        this.progress = progress;
        this.temporal = new TemporalDependency(client);
    }

    /** Returns whether Temporal knows our namespace right now, without trying for long. */
    boolean temporalAnswers() {
        return temporal.state() instanceof Dependency.State.Up;
    }

    /** Starts the workflow of a task; one that exists already, running or closed, is that workflow. */
    void start(TaskRow task) {
        WorkflowOptions options = WorkflowOptions.newBuilder()
                .setTaskQueue(TaskWorkflow.TASK_QUEUE)
                .setWorkflowId(task.id().value())
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                .setWorkflowTaskTimeout(WORKFLOW_TASK_MAX)
                .build();
        int checks = (int) task.request().successCriteria().stream()
                .filter(SuccessCriterion.Check.class::isInstance)
                .count();
        try {
            WorkflowClient.start(
                    client.newWorkflowStub(TaskWorkflow.class, options)::run,
                    new TaskStart(
                            task.id(),
                            task.request().limits(),
                            checks,
                            task.traceId(),
                            task.request().terms(),
                            lanes,
                            progress.of(task)));
        } catch (WorkflowExecutionAlreadyStarted e) {
            // An earlier attempt got through and could not say so.
        }
    }

    /** Asks a workflow to end; false when there is none that runs. */
    boolean cancel(TaskId task) {
        try {
            client.newUntypedWorkflowStub(task.value()).cancel();
            return true;
        } catch (WorkflowNotFoundException e) {
            return false;
        }
    }
}
