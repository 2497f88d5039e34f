package dev.titan.cli;

import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.Plan;
import dev.titan.contracts.plan.Step;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.task.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events of one task, numbered as they are made. */
final class TestEvents {

    static final TaskId TASK = new TaskId("task-01234567-89ab-7def-8123-456789abcdef");
    static final Instant BEGIN = Instant.parse("2026-11-23T10:00:00Z");

    private final List<EventEnvelope> events = new ArrayList<>();

    /** Adds events outside a step. */
    TestEvents then(TaskEvent... more) {
        return at(null, 0, more);
    }

    /** Adds events of a turn of a step. */
    TestEvents in(String step, int turn, TaskEvent... more) {
        return at(new StepId(step), turn, more);
    }

    List<EventEnvelope> list() {
        return List.copyOf(events);
    }

    private TestEvents at(@Nullable StepId step, int turn, TaskEvent... more) {
        for (TaskEvent event : more) {
            long seq = events.size() + 1L;
            // A second apart, so that durations can be told.
            Instant at = BEGIN.plusSeconds(seq);
            events.add(new EventEnvelope(
                    "evt-%s-%d".formatted(TASK, seq), seq, TASK, at, step, turn == 0 ? null : turn, null, event));
        }
        return this;
    }

    static Plan plan(int version, Step... steps) {
        return new Plan(version, "", List.of(steps));
    }

    static Step step(String id, String description, String... after) {
        return new Step(
                new StepId(id),
                description,
                List.of(after).stream().map(StepId::new).toList(),
                null,
                null,
                List.of(),
                null,
                StepStatus.PENDING,
                null,
                null);
    }
}
