package dev.titan.workflows.task;

import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.task.TaskOutcome;
import dev.titan.contracts.task.TaskReason;
import dev.titan.contracts.task.TaskStart;
import dev.titan.contracts.task.TaskStatus;
import dev.titan.contracts.task.TaskWorkflow;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;

/**
 * The frame around the {@link AgentLoop}: whatever happens inside, the task gets an outcome, its sandbox is taken away
 * and its last event is recorded, in a scope that a cancellation does not reach.
 */
public final class TaskWorkflowImpl implements TaskWorkflow {

    @Override
    public TaskOutcome run(TaskStart start) {
        Outbox outbox = new Outbox();
        Recorder recorder = new Recorder(start, outbox);
        TaskSandbox sandbox = new TaskSandbox(start, outbox);

        ProgressReport.status(TaskStatus.RUNNING);
        outbox.add("task_started", new TaskEvent.TaskStarted());
        TaskOutcome outcome = attempt(new AgentLoop(start, outbox, sandbox));
        Workflow.newDetachedCancellationScope(() -> close(outcome, sandbox, outbox, recorder))
                .run();
        return outcome;
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
    private static void close(TaskOutcome outcome, TaskSandbox sandbox, Outbox outbox, Recorder recorder) {
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
        recorder.flush();
        ProgressReport.status(status);
    }
}
