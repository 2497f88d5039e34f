package dev.titan.contracts.chat;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What model calls cost, as the provider reported it.
 *
 * @param modelCalls number of calls answered
 * @param inputTokens tokens read, those from a cache included
 * @param outputTokens tokens written
 * @param usd at list price, in US dollars; absent when no price is known; of several calls the sum of the known ones
 */
public record Usage(
        int modelCalls,
        long inputTokens,
        long outputTokens,
        @Nullable BigDecimal usd) {

    public static final Usage NONE = new Usage(0, 0, 0);

    /** What calls without a known price cost. */
    public Usage(int modelCalls, long inputTokens, long outputTokens) {
        this(modelCalls, inputTokens, outputTokens, null);
    }

    /** Returns the same calls at this price. */
    public Usage at(@Nullable BigDecimal price) {
        return new Usage(modelCalls, inputTokens, outputTokens, price);
    }

    /** Returns the sum of both. */
    public Usage plus(Usage other) {
        BigDecimal both = usd == null ? other.usd : other.usd == null ? usd : usd.add(other.usd);
        return new Usage(
                modelCalls + other.modelCalls,
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                both);
    }
}
