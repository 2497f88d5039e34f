package dev.titan.store.effect;

import dev.titan.contracts.tool.ToolResult;
import java.time.Instant;

/** The answer to who asks for an effect. */
public sealed interface Claim {

    /** The asker owns the effect and may begin. */
    record Granted() implements Claim {}

    /**
     * The effect has taken place.
     *
     * @param result what came of it
     * @param completedAt when
     */
    record Done(ToolResult result, Instant completedAt) implements Claim {}

    /**
     * Somebody else has begun and left no result: it is still at work, or it died.
     *
     * @param since when that owner took it
     */
    record Held(Instant since) implements Claim {}
}
