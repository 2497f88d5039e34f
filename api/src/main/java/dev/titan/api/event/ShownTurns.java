package dev.titan.api.event;

import dev.titan.contracts.chat.Role;
import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.event.LiveEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.StepId;
import java.util.HashMap;
import java.util.Map;

/** Which turns a client has seen to their end: what was said in them and comes late is of no use to it. Not thread-safe. */
final class ShownTurns {

    /** Turns of a step follow each other, so the newest stands for all before it. */
    private final Map<StepId, Integer> newest = new HashMap<>();

    /** An event of the log was sent. */
    void sent(EventEnvelope event) {
        if (event.data() instanceof TaskEvent.UsageRecorded usage
                && usage.role() == Role.EXECUTOR
                && event.stepId() != null
                && event.turn() != null) {
            newest.merge(event.stepId(), event.turn(), Math::max);
        }
    }

    boolean areOver(LiveEvent event) {
        return event.stepId() != null && event.turn() != null && newest.getOrDefault(event.stepId(), 0) >= event.turn();
    }
}
