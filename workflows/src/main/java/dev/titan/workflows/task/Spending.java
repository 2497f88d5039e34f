package dev.titan.workflows.task;

import dev.titan.contracts.chat.Spent;
import dev.titan.contracts.task.Budget;
import dev.titan.contracts.task.BudgetKind;
import dev.titan.contracts.task.TaskProgress;
import dev.titan.contracts.task.TaskStart;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the task has spent of its budget. Calls count when they begin, so that steps side by side cannot overdraw it
 * together; tokens and money count when they are known.
 */
final class Spending {

    private final Instant began;
    private Budget budget;
    private Spent models;
    private int toolCalls;

    Spending(TaskStart start) {
        TaskProgress progress = start.progress();
        if (progress == null) {
            this.began = now();
            this.budget = start.terms().budget();
            this.models = Spent.NOTHING;
        } else {
            this.began = progress.spending().began();
            this.budget = progress.spending().budget();
            this.models = progress.spending().models();
            this.toolCalls = progress.spending().toolCalls();
        }
    }

    void modelCall() {
        models = models.plus(new Spent(1, 0, null));
    }

    /** Counts what is known once the answer is there; its first call was counted when it began. */
    void answered(@Nullable Spent spent) {
        if (spent != null) {
            models = models.plus(new Spent(Math.max(0, spent.modelCalls() - 1), spent.tokens(), spent.usd()));
        }
    }

    void toolCalls(int calls) {
        toolCalls += calls;
    }

    /** Returns the part of the budget that does not allow so many further calls; the first of several. */
    Optional<BudgetKind> forbids(int modelCalls, int toolCalls) {
        if (budget.maxModelCalls() != null && models.modelCalls() + modelCalls > budget.maxModelCalls()) {
            return Optional.of(BudgetKind.MAX_MODEL_CALLS);
        }
        if (budget.maxToolCalls() != null && this.toolCalls + toolCalls > budget.maxToolCalls()) {
            return Optional.of(BudgetKind.MAX_TOOL_CALLS);
        }
        if (budget.maxTokens() != null && models.tokens() >= budget.maxTokens()) {
            return Optional.of(BudgetKind.MAX_TOKENS);
        }
        if (budget.maxUsd() != null && models.usd() != null && models.usd().compareTo(budget.maxUsd()) >= 0) {
            return Optional.of(BudgetKind.MAX_USD);
        }
        if (budget.maxSeconds() != null && Duration.between(began, now()).compareTo(budget.maxSeconds()) >= 0) {
            return Optional.of(BudgetKind.MAX_SECONDS);
        }
        return Optional.empty();
    }

    /** Returns whether a budget has at least one part and raises every part it has. */
    boolean isRaisedBy(Budget other) {
        return !other.equals(Budget.UNLIMITED)
                && raises(budget.maxUsd(), other.maxUsd())
                && raises(budget.maxTokens(), other.maxTokens())
                && raises(budget.maxSeconds(), other.maxSeconds())
                && raises(budget.maxModelCalls(), other.maxModelCalls())
                && raises(budget.maxToolCalls(), other.maxToolCalls());
    }

    private static <T extends Comparable<T>> boolean raises(@Nullable T now, @Nullable T then) {
        return then == null || (now != null && then.compareTo(now) > 0);
    }

    /** Returns the budget from now on. */
    Budget raise(Budget other) {
        budget = budget.with(other);
        return budget;
    }

    TaskProgress.Spending progress(int steps, int corrections) {
        return new TaskProgress.Spending(began, steps, corrections, models, toolCalls, budget);
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }
}
