package dev.titan.store.effect;

import dev.titan.contracts.tool.ToolResult;
import java.time.Instant;

/** The answer to who asks for an effect. */
public sealed interface Claim {

    /**
     * The asker owns the effect and may begin.
     *
     * @param claimedAt since when
     */
    record Granted(Instant claimedAt) implements Claim {}

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
     * @param claimedAt when it was first claimed, by that owner or one before
     */
    record Held(Instant claimedAt) implements Claim {}
}
