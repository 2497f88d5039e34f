package dev.titan.api.steering;

import dev.titan.contracts.task.Budget;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a task may spend before it pauses; an absent part is unlimited, or stays as it is when a budget is raised.
 *
 * @param maxUsd US dollars for model calls, as far as their prices are known
 * @param maxTokens input and output tokens together
 * @param maxSeconds wall time from the start of the loop
 * @param maxModelCalls calls of any role
 * @param maxToolCalls calls of any tool
 */
public record BudgetRequest(
        @Positive(message = "must be above 0") @Nullable BigDecimal maxUsd,

        @Min(value = 1, message = "must be at least 1") @Nullable
        Long maxTokens,

        @Min(value = 1, message = "must be at least 1") @Nullable
        Long maxSeconds,

        @Min(value = 1, message = "must be at least 1") @Nullable
        Integer maxModelCalls,

        @Min(value = 1, message = "must be at least 1") @Nullable
        Integer maxToolCalls) {

    /** Returns the budget. */
    public Budget budget() {
        return new Budget(
                maxUsd,
                maxTokens,
                maxSeconds == null ? null : Duration.ofSeconds(maxSeconds),
                maxModelCalls,
                maxToolCalls);
    }
}
