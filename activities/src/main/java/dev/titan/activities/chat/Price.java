package dev.titan.activities.chat;

import dev.titan.contracts.chat.Usage;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a model's tokens cost.
 *
 * @param input US dollars for a million tokens read
 * @param output US dollars for a million tokens written
 * @param beyond what a call with a long prompt costs instead; absent: the same
 */
record Price(BigDecimal input, BigDecimal output, @Nullable LongPrompt beyond) {

    /** Prices are for so many tokens: the point moves by six digits. */
    private static final int DIGITS_OF_A_MILLION = 6;

    Price {
        requireNotNegative(input);
        requireNotNegative(output);
    }

    /**
     * The price of a call with a long prompt.
     *
     * @param above from this many tokens read on, without it
     * @param input US dollars for a million tokens read
     * @param output US dollars for a million tokens written
     */
    record LongPrompt(long above, BigDecimal input, BigDecimal output) {

        LongPrompt {
            requireNotNegative(input);
            requireNotNegative(output);
        }
    }

    /** Returns what one call costs. */
    BigDecimal of(Usage call) {
        return beyond != null && call.inputTokens() > beyond.above()
                ? sum(call, beyond.input(), beyond.output())
                : sum(call, input, output);
    }

    private static BigDecimal sum(Usage call, BigDecimal input, BigDecimal output) {
        return input.multiply(BigDecimal.valueOf(call.inputTokens()))
                .add(output.multiply(BigDecimal.valueOf(call.outputTokens())))
                .movePointLeft(DIGITS_OF_A_MILLION)
                .stripTrailingZeros();
    }

    private static void requireNotNegative(BigDecimal price) {
        if (price.signum() < 0) {
            throw new IllegalArgumentException("a price is negative: " + price);
        }
    }
}
