package dev.titan.store.steering;

import dev.titan.contracts.steering.ApprovalId;
import dev.titan.contracts.steering.ApprovalStatus;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.ToolCall;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call that waits, or has waited, for a person.
 *
 * @param id its id
 * @param organisationId whom the task belongs to
 * @param effect the call
 * @param isQuestion whether the call is a question to the user rather than one to be approved
 * @param call tool and exact arguments
 * @param argumentsHash what a decision has to name
 * @param status what became of it
 * @param requestedAt since when it waits
 * @param expiresAt until when
 * @param decidedAt when that was over; absent until then
 */
public record ApprovalRow(
        ApprovalId id,
        String organisationId,
        EffectId effect,
        boolean isQuestion,
        ToolCall call,
        String argumentsHash,
        ApprovalStatus status,
        Instant requestedAt,
        Instant expiresAt,
        @Nullable Instant decidedAt) {}
