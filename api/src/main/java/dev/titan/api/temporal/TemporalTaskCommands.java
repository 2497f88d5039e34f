package dev.titan.api.temporal;

import dev.titan.api.task.TaskCommands;
import dev.titan.api.task.TemporalUnavailableException;
import dev.titan.contracts.steering.ApprovalDecision;
import dev.titan.contracts.steering.BudgetRaise;
import dev.titan.contracts.steering.Command;
import dev.titan.contracts.steering.CommandId;
import dev.titan.contracts.steering.SteeringRefusal;
import dev.titan.contracts.task.Budget;
import dev.titan.contracts.task.TaskId;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.RequestCancelWorkflowExecutionRequest;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks Temporal. The call is made directly rather than through a stub of the workflow, which would go on trying for a
 * minute while somebody waits for an answer.
 */
public final class TemporalTaskCommands implements TaskCommands {

    /** A person notices longer waits; the client is told to try again. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

    private final WorkflowClient client;

    /** A call that takes longer than somebody waits for it goes on here. */
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

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

    /** The update has the command's id, so that giving it twice is giving it once. */
    @Override
    public Answer steer(TaskId task, CommandId id, Command command) {
        var given = CompletableFuture.supplyAsync(() -> update(task, id, command), threads);
        try {
            return given.get(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new TemporalUnavailableException("%s did not get %s".formatted(task, id), e);
        } catch (TimeoutException e) {
            given.cancel(true);
            throw new TemporalUnavailableException("%s did not answer %s".formatted(task, id), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TemporalUnavailableException("interrupted", e);
        }
    }

    private Answer update(TaskId task, CommandId id, Command command) {
        WorkflowStub workflow = client.newUntypedWorkflowStub(task.value());
        UpdateOptions<Void> options = UpdateOptions.<Void>newBuilder()
                .setUpdateName(name(command))
                .setUpdateId(id.value())
                .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                .setResultClass(Void.class)
                .build();
        try {
            workflow.startUpdate(options, argument(id, command))
                    .getResultAsync()
                    .join();
            return new Answer.Taken();
        } catch (WorkflowNotFoundException e) {
            return new Answer.NotRunning();
        } catch (WorkflowUpdateException | CompletionException e) {
            return refusal(e).<Answer>map(Answer.Refused::new).orElseThrow(() -> e);
        }
    }

    private static String name(Command command) {
        return switch (command) {
            case Command.Pause _ -> "pause";
            case Command.Resume _ -> "resume";
            case Command.Say _ -> "message";
            case Command.Raise _ -> "raiseBudget";
            case Command.Decide _ -> "decide";
        };
    }

    private static Object argument(CommandId id, Command command) {
        return switch (command) {
            case Command.Pause _, Command.Resume _, Command.Say _ -> id;
            case Command.Raise(Budget budget) -> new BudgetRaise(id, budget);
            case Command.Decide decide ->
                new ApprovalDecision(id, decide.approval(), decide.argumentsHash(), decide.status());
        };
    }

    private static Optional<SteeringRefusal> refusal(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ApplicationFailure failure) {
                return Arrays.stream(SteeringRefusal.values())
                        .filter(known -> known.name().equals(failure.getType()))
                        .findFirst();
            }
        }
        return Optional.empty();
    }
}
