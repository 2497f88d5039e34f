package dev.titan.activities.chat;

import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.output.TokenUsage;
import dev.titan.contracts.chat.Usage;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells what an answer took.
 *
 * @param clock for its time
 * @param price for its tokens; absent when not known
 */
record Meter(Clock clock, @Nullable Price price) {

    Instant now() {
        return clock.instant();
    }

    /** Returns what a call cost; a provider that does not say counts as none. */
    Usage usage(@Nullable TokenUsage said) {
        if (said == null) {
            return new Usage(1, 0, 0);
        }
        Usage tokens = new Usage(1, read(said), count(said.outputTokenCount()));
        return price == null ? tokens : tokens.at(price.of(tokens));
    }

    /** Anthropic counts what it put into its cache, or took from there, beside the input. */
    private static long read(TokenUsage said) {
        long input = count(said.inputTokenCount());
        return said instanceof AnthropicTokenUsage anthropic
                ? input + count(anthropic.cacheCreationInputTokens()) + count(anthropic.cacheReadInputTokens())
                : input;
    }

    private static long count(@Nullable Integer tokens) {
        return tokens == null ? 0 : tokens;
    }
}
