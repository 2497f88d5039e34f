package dev.titan.activities.reasoning;

/**
 * How much of a task's past a model is shown.
 *
 * @param digestTokens what earlier steps may take of a prompt, by estimate, before the oldest of them are summarised
 * @param windowTokens what a model whose context is not listed is taken to hold, prompt and answer together
 */
public record ContextLimits(int digestTokens, int windowTokens) {

    /** The digest that the design names; and what most models of the last two years hold at least. */
    public static final ContextLimits DEFAULT = new ContextLimits(4_000, 128_000);

    /** A digest of less has no room for a summary and one step beside it. */
    static final int DIGEST_TOKENS_MIN = 500;

    /** Instructions, the descriptions of the built-in tools and an opening take about half of it. */
    static final int WINDOW_TOKENS_MIN = 8_000;

    public ContextLimits {
        if (digestTokens < DIGEST_TOKENS_MIN || digestTokens > windowTokens / 2) {
            throw new IllegalArgumentException(
                    "titan.context.digest-tokens must be %d to half of titan.context.window-tokens (%d), not %d"
                            .formatted(DIGEST_TOKENS_MIN, windowTokens, digestTokens));
        }
        if (windowTokens < WINDOW_TOKENS_MIN) {
            throw new IllegalArgumentException("titan.context.window-tokens must be at least %d, not %d"
                    .formatted(WINDOW_TOKENS_MIN, windowTokens));
        }
    }
}
