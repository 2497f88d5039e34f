package dev.titan.store.event;

import dev.titan.contracts.chat.Usage;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.Plan;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.review.Decision;
import dev.titan.contracts.task.TaskReason;
import dev.titan.contracts.task.TaskStatus;
import org.jspecify.annotations.Nullable;

/** What an event changes about its task, decided from the event alone. */
sealed interface Projection {

    /** Nothing: the event is its own record. */
    record Nothing() implements Projection {}

    /** The task is in another status; one that has ended stays as it is. */
    record Moved(
            TaskStatus status,
            @Nullable TaskReason reason,
            @Nullable String message) implements Projection {

        boolean isEnd() {
            return switch (status) {
                case SUCCEEDED, FAILED, CANCELLED -> true;
                case QUEUED, RUNNING, WAITING, PAUSED -> false;
            };
        }
    }

    /**
     * Another plan is in force: its steps are to be done, and what it drops is skipped.
     *
     * @param plan the plan
     * @param why what was wrong with the one before; absent when there was none
     */
    record Planned(Plan plan, @Nullable String why) implements Projection {}

    /** A review has finished the plan: steps that have not begun are skipped. */
    record Finished(StepId by) implements Projection {}

    /** A step is in another status. */
    record StepMoved(
            StepId step,
            int attempt,
            StepStatus status,
            @Nullable String result,
            @Nullable String error) implements Projection {}

    /** A model call was paid for. */
    record Spent(Usage usage) implements Projection {}

    /** Decides what an event changes. An event about a step that names no step is an {@link IllegalArgumentException}. */
    static Projection of(PendingEvent event) {
        return switch (event.data()) {
            case TaskEvent.TaskQueued queued -> new Nothing();
            case TaskEvent.TaskStarted started -> new Moved(TaskStatus.RUNNING, null, null);
            case TaskEvent.PlanGenerated generated -> new Planned(generated.plan(), null);
            case TaskEvent.CorrectionApplied applied -> new Planned(applied.plan(), applied.why());
            case TaskEvent.StepStarted started ->
                new StepMoved(step(event), started.attempt(), StepStatus.RUNNING, null, null);
            case TaskEvent.StepCompleted completed ->
                new StepMoved(
                        step(event), completed.attempt(), completed.status(), completed.result(), completed.error());
            case TaskEvent.Failed failed ->
                new Moved(
                        failed.reason() == TaskReason.USER ? TaskStatus.CANCELLED : TaskStatus.FAILED,
                        failed.reason(),
                        failed.message());
            case TaskEvent.Completed completed -> new Moved(TaskStatus.SUCCEEDED, null, completed.answer());
            case TaskEvent.ApprovalRequested requested -> new Moved(TaskStatus.WAITING, TaskReason.APPROVAL, null);
            case TaskEvent.ApprovalDecided decided -> new Nothing();
            case TaskEvent.InputRequested requested -> new Moved(TaskStatus.WAITING, TaskReason.INPUT, null);
            case TaskEvent.Paused paused -> new Moved(TaskStatus.PAUSED, paused.reason(), null);
            case TaskEvent.Resumed resumed ->
                resumed.waitingFor() == null
                        ? new Moved(TaskStatus.RUNNING, null, null)
                        : new Moved(TaskStatus.WAITING, resumed.waitingFor(), null);
            case TaskEvent.UsageRecorded used -> new Spent(new Usage(1, used.inputTokens(), used.outputTokens()));
            case TaskEvent.ToolCalled called -> new Nothing();
            case TaskEvent.ToolOutput output -> new Nothing();
            case TaskEvent.ToolCompleted completed -> new Nothing();
            case TaskEvent.ReviewCompleted completed ->
                completed.review().decision() == Decision.FINISH ? new Finished(step(event)) : new Nothing();
            case TaskEvent.MessageReceived received -> new Nothing();
            case TaskEvent.BudgetReached reached -> new Nothing();
            case TaskEvent.BudgetRaised raised -> new Nothing();
            case TaskEvent.ContextSummarized summarized -> new Nothing();
            case TaskEvent.SandboxCreated created -> new Nothing();
            case TaskEvent.SandboxLost lost -> new Nothing();
            case TaskEvent.SandboxRestored restored -> new Nothing();
            case TaskEvent.ArtifactCreated created -> new Nothing();
            case TaskEvent.Live live -> new Nothing();
            case TaskEvent.FileAccessed accessed -> new Nothing();
            case TaskEvent.EgressDecided decided -> new Nothing();
        };
    }

    private static StepId step(PendingEvent event) {
        StepId step = event.step();
        if (step == null) {
            throw new IllegalArgumentException("event '%s' is about a step and names none".formatted(event.key()));
        }
        return step;
    }
}
