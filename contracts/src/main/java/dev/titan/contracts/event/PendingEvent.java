package dev.titan.contracts.event;

import dev.titan.contracts.plan.StepId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that is not recorded yet. Recording the same key twice is one event.
 *
 * @param key unique within the task and the same for every attempt, such as {@code step_started/build/1}
 * @param at when it happened
 * @param step the step it belongs to, or absent
 * @param turn the turn within the step, or absent
 * @param data what happened
 */
public record PendingEvent(
        String key,
        Instant at,
        @Nullable StepId step,
        @Nullable Integer turn,
        TaskEvent data) {}
