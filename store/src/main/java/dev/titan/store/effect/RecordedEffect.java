package dev.titan.store.effect;

import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.ToolCall;
import dev.titan.contracts.tool.ToolResult;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An effect as the ledger has it.
 *
 * @param id its identity
 * @param effectClass what repeating it would do
 * @param call the call it belongs to
 * @param claimedAt when it was first claimed
 * @param result what came of it, absent while that is not known
 * @param completedAt when the result was written
 */
public record RecordedEffect(
        EffectId id,
        EffectClass effectClass,
        ToolCall call,
        Instant claimedAt,
        @Nullable ToolResult result,
        @Nullable Instant completedAt) {}
