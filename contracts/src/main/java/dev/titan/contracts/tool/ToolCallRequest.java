package dev.titan.contracts.tool;

import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.sandbox.SandboxRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The argument of every tool activity.
 *
 * @param effect the identity of the call, the same for every attempt
 * @param source where the arguments are to be found
 * @param sandbox the task's sandbox, when the tool needs one
 * @param ruling what a person made of the call; absent when nobody was asked
 * @param traceId 32 hexadecimal digits
 * @param outbox events to record first
 */
public record ToolCallRequest(
        EffectId effect,
        CallSource source,
        @Nullable SandboxRef sandbox,
        @Nullable Ruling ruling,
        String traceId,
        List<PendingEvent> outbox) {

    public ToolCallRequest {
        outbox = List.copyOf(outbox);
    }
}
