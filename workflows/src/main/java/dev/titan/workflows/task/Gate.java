package dev.titan.workflows.task;

import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.task.Budget;
import dev.titan.contracts.task.BudgetKind;
import dev.titan.contracts.task.TaskProgress;
import dev.titan.contracts.task.TaskReason;
import dev.titan.contracts.task.TaskStart;
import io.temporal.workflow.Workflow;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every model call and every tool call passes here. It is closed while the user has paused the task and while a budget
 * is used up; and it turns steps away when the run is to be continued by a new one.
 */
final class Gate {

    private final Outbox outbox;
    private final Recorder recorder;
    private final Spending spending;
    private final Standing standing;
    private final boolean mayContinueAsNew;
    private boolean paused;
    private boolean budgetReached;

    Gate(
            TaskStart start,
            Outbox outbox,
            Recorder recorder,
            Spending spending,
            Standing standing,
            boolean mayContinueAsNew) {
        this.mayContinueAsNew = mayContinueAsNew;
        this.outbox = outbox;
        this.recorder = recorder;
        this.spending = spending;
        this.standing = standing;
        TaskProgress progress = start.progress();
        if (progress != null) {
            this.paused = progress.steering().paused();
            this.budgetReached = progress.steering().budgetReached();
        }
    }

    /** Waits until a model may be called. */
    void awaitModel() {
        while (!opensFor(1, 0)) {
            Workflow.await(this::isOpen);
        }
        spending.modelCall();
    }

    /** Waits until a step may call a model; false when it has to park instead. */
    boolean passModel() {
        boolean passed = pass(1, 0);
        if (passed) {
            spending.modelCall();
        }
        return passed;
    }

    /** Waits until a step may call so many tools; false when it has to park instead. */
    boolean passTools(int calls) {
        boolean passed = pass(0, calls);
        if (passed) {
            spending.toolCalls(calls);
        }
        return passed;
    }

    /** Waits until a step may go on with what was counted before; false when it has to park instead. */
    boolean passAgain() {
        return pass(0, 0);
    }

    private boolean pass(int modelCalls, int toolCalls) {
        while (!continues()) {
            if (opensFor(modelCalls, toolCalls)) {
                return true;
            }
            Workflow.await(() -> isOpen() || continues());
        }
        return false;
    }

    private boolean opensFor(int modelCalls, int toolCalls) {
        if (!isOpen()) {
            return false;
        }
        boolean again = modelCalls + toolCalls == 0;
        Optional<BudgetKind> reached = again ? Optional.empty() : spending.forbids(modelCalls, toolCalls);
        reached.ifPresent(this::closeFor);
        return reached.isEmpty();
    }

    private void closeFor(BudgetKind kind) {
        budgetReached = true;
        outbox.add(standing.key("budget_reached"), new TaskEvent.BudgetReached(kind.wire()));
        standing.pauses(TaskReason.BUDGET_REACHED);
        recorder.flush();
    }

    private boolean isOpen() {
        return !paused && !budgetReached;
    }

    /** Returns whether the server wants a new run; once it does, steps park one after the other. */
    boolean continues() {
        return mayContinueAsNew && Workflow.getInfo().isContinueAsNewSuggested();
    }

    boolean isPaused() {
        return paused;
    }

    boolean isBudgetReached() {
        return budgetReached;
    }

    void pause() {
        paused = true;
        standing.pauses(TaskReason.USER);
    }

    /** A budget that is used up keeps the task paused, whatever its user says. */
    void resume(@Nullable TaskReason open) {
        paused = false;
        if (budgetReached) {
            standing.pauses(TaskReason.BUDGET_REACHED);
        } else {
            standing.resumes(open);
        }
    }

    /** What still does not suffice is noticed by the next call. */
    void raise(Budget budget, @Nullable TaskReason open) {
        Budget now = spending.raise(budget);
        outbox.add(standing.key("budget_raised"), new TaskEvent.BudgetRaised(now));
        if (budgetReached) {
            budgetReached = false;
            if (!paused) {
                standing.resumes(open);
            }
        }
    }
}
