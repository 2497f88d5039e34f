package dev.titan.workflows.task;

import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.steering.ApprovalDecision;
import dev.titan.contracts.steering.BudgetRaise;
import dev.titan.contracts.steering.CommandId;
import dev.titan.contracts.task.TaskOutcome;
import dev.titan.contracts.task.TaskReason;
import dev.titan.contracts.task.TaskStart;
import dev.titan.contracts.task.TaskStatus;
import dev.titan.contracts.task.TaskWorkflow;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;

/**
 * The frame around the {@link AgentLoop}: whatever happens inside, the task gets an outcome, its sandbox is taken away
 * and its last event is recorded, in a scope that a cancellation does not reach.
 */
public final class TaskWorkflowImpl implements TaskWorkflow {

    private final TaskContext task;

    /** Before anything else, so that an update that comes with the start finds a task. */
    @WorkflowInit
    public TaskWorkflowImpl(TaskStart start) {
        this.task = TaskContext.of(start);
    }

    @Override
    public TaskOutcome run(TaskStart start) {
        TaskSandbox sandbox = new TaskSandbox(start, task.outbox());
        if (isFirstRun(start)) {
            ProgressReport.status(TaskStatus.RUNNING);
            task.outbox().add("task_started", new TaskEvent.TaskStarted());
        }
        TaskOutcome outcome = attempt(new AgentLoop(task, sandbox));
        Workflow.newDetachedCancellationScope(() -> close(outcome, sandbox)).run();
        return outcome;
    }

    /** A task that goes on from another one has progress in its first run already. */
    private static boolean isFirstRun(TaskStart start) {
        return start.progress() == null
                || Workflow.getInfo().getContinuedExecutionRunId().isEmpty();
    }

    private static TaskOutcome attempt(AgentLoop loop) {
        try {
            return loop.run();
        } catch (CanceledFailure e) {
            return new TaskOutcome.Cancelled();
        } catch (ActivityFailure e) {
            return CancellationScope.current().isCancelRequested()
                    ? new TaskOutcome.Cancelled()
                    : FailureReading.outcomeOf(e);
        }
    }

    /** The last event comes last: who sees it may rely on the sandbox being gone. */
    private void close(TaskOutcome outcome, TaskSandbox sandbox) {
        Outbox outbox = task.outbox();
        task.steering().close();
        switch (outcome) {
            case TaskOutcome.Succeeded _, TaskOutcome.Failed _ -> sandbox.collectArtifacts();
            case TaskOutcome.Cancelled _ -> {}
        }
        sandbox.destroy();
        TaskStatus status = switch (outcome) {
            case TaskOutcome.Succeeded succeeded -> {
                outbox.add("end", new TaskEvent.Completed(succeeded.answer()));
                yield TaskStatus.SUCCEEDED;
            }
            case TaskOutcome.Failed failed -> {
                outbox.add("end", new TaskEvent.Failed(failed.reason(), failed.message()));
                yield TaskStatus.FAILED;
            }
            case TaskOutcome.Cancelled _ -> {
                outbox.add("end", new TaskEvent.Failed(TaskReason.USER, "The task was cancelled."));
                yield TaskStatus.CANCELLED;
            }
        };
        task.recorder().flush();
        ProgressReport.status(status);
    }

    @Override
    public void pause(CommandId command) {
        task.steering().pause(command);
    }

    @Override
    public void validatePause(CommandId command) {
        task.steering().validatePause();
    }

    @Override
    public void resume(CommandId command) {
        task.steering().resume(command);
    }

    @Override
    public void validateResume(CommandId command) {
        task.steering().validateResume();
    }

    @Override
    public void message(CommandId command) {
        task.steering().message(command);
    }

    @Override
    public void validateMessage(CommandId command) {
        task.steering().validateMessage();
    }

    @Override
    public void raiseBudget(BudgetRaise raise) {
        task.steering().raise(raise);
    }

    @Override
    public void validateRaiseBudget(BudgetRaise raise) {
        task.steering().validateRaise(raise);
    }

    @Override
    public void decide(ApprovalDecision decision) {
        task.steering().decide(decision);
    }

    @Override
    public void validateDecide(ApprovalDecision decision) {
        task.steering().validateDecision(decision);
    }
}
