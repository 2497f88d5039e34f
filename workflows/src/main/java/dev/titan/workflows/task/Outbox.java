package dev.titan.workflows.task;

import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.StepId;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Events waiting for the next activity, whose transaction records them, so that recording costs no round trip of its
 * own. They leave the outbox when that activity has succeeded; sent twice, their keys make them one.
 */
final class Outbox {

    private final List<PendingEvent> waiting = new ArrayList<>();

    void add(String key, TaskEvent event) {
        put(key, null, event);
    }

    void add(String key, StepId step, TaskEvent event) {
        put(key, step, event);
    }

    private void put(String key, @Nullable StepId step, TaskEvent event) {
        Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
        waiting.add(new PendingEvent(key, now, step, null, event));
    }

    void deliver(Consumer<List<PendingEvent>> activity) {
        List<PendingEvent> events = List.copyOf(waiting);
        activity.accept(events);
        waiting.removeAll(events);
    }

    <T> T deliverFor(Function<List<PendingEvent>, T> activity) {
        List<PendingEvent> events = List.copyOf(waiting);
        T answer = activity.apply(events);
        waiting.removeAll(events);
        return answer;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }
}
