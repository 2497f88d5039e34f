package dev.titan.contracts.task;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a task may spend before it pauses; an absent part is unlimited.
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

    /** Returns this budget with the parts that the other one has. */
    public Budget with(Budget other) {
        return new Budget(
                other.maxUsd == null ? maxUsd : other.maxUsd,
                other.maxTokens == null ? maxTokens : other.maxTokens,
                other.maxSeconds == null ? maxSeconds : other.maxSeconds,
                other.maxModelCalls == null ? maxModelCalls : other.maxModelCalls,
                other.maxToolCalls == null ? maxToolCalls : other.maxToolCalls);
    }
}
