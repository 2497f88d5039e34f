package dev.titan.contracts.task;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a task may spend; an absent part is unlimited.
 *
 * @param maxUsd money for model calls, in US dollars
 * @param maxTokens input and output tokens together
 * @param maxSeconds wall time from the start of the loop
 * @param maxModelCalls calls of any role
 * @param maxToolCalls calls of any tool
 */
public record Budget(
        @Nullable BigDecimal maxUsd,
        @Nullable Long maxTokens,
        @Nullable Duration maxSeconds,
        @Nullable Integer maxModelCalls,
        @Nullable Integer maxToolCalls) {

    public static final Budget UNLIMITED = new Budget(null, null, null, null, null);
}
