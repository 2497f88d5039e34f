package dev.titan.activities.tool;

import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.tool.EffectId;
import java.time.Instant;

/** The keys of a call's events: the same for every attempt, so that recording again is harmless. */
record CallKey(EffectId effect) {

    String of(String name) {
        return "%s/%s/%d/%d".formatted(name, effect.step(), effect.turn(), effect.call());
    }

    PendingEvent event(String name, TaskEvent data) {
        return new PendingEvent(of(name), Instant.now(), effect.step(), effect.turn(), data);
    }
}
