package dev.titan.api.temporal;

import dev.titan.api.task.TaskCommands;
import dev.titan.api.task.TemporalUnavailableException;
import dev.titan.contracts.task.TaskId;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.RequestCancelWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Asks Temporal. The call is made directly rather than through a stub of the workflow, which would go on trying for a
 * minute while somebody waits for an answer.
 */
public final class TemporalTaskCommands implements TaskCommands {

    /** A person notices longer waits; the client is told to try again. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

    private final WorkflowClient client;

    public TemporalTaskCommands(WorkflowClient client) {
        this.client = client;
    }

    @Override
    public void cancel(TaskId task) {
        RequestCancelWorkflowExecutionRequest request = RequestCancelWorkflowExecutionRequest.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .setWorkflowExecution(WorkflowExecution.newBuilder().setWorkflowId(task.value()))
                .setIdentity(client.getOptions().getIdentity())
                .setRequestId(UUID.randomUUID().toString())
                .setReason("cancelled by its user")
                .build();
        try {
            client.getWorkflowServiceStubs()
                    .blockingStub()
                    .withDeadlineAfter(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS)
                    .requestCancelWorkflowExecution(request);
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.NOT_FOUND) {
                throw new TemporalUnavailableException("cancelling %s failed: %s".formatted(task, e.getStatus()), e);
            }
        }
    }
}
