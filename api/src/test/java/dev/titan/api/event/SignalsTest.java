package dev.titan.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.api.event.Signals.Signal;
import dev.titan.contracts.event.LiveEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.task.TaskId;
import dev.titan.store.event.FeedListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignalsTest {

    private static final TaskId TASK = new TaskId("task-01234567-89ab-7def-8123-456789abcdef");

    private final Signals signals = new Signals();

    @Test
    void keepsTheOrderAndJoinsGrowth() throws InterruptedException {
        signals.grown(2);
        signals.grown(4);
        signals.grown(3);
        signals.live(word(0));
        signals.grown(5);
        signals.grown(FeedListener.ANYWHERE);

        assertThat(all())
                .containsExactly(
                        new Signal.Grown(4), new Signal.Said(word(0)), new Signal.Grown(FeedListener.ANYWHERE));
    }

    @Test
    void losesWordsOfASlowClientButNeverGrowth() throws InterruptedException {
        for (int i = 0; i < 10 * Signals.SAID_MAX; i++) {
            signals.live(word(i));
        }
        signals.grown(9);

        List<Signal> all = all();
        assertThat(all).hasSize(Signals.SAID_MAX + 1).endsWith(new Signal.Grown(9));
        signals.live(word(0));
        assertThat(all()).as("there is room again").hasSize(1);
    }

    private List<Signal> all() throws InterruptedException {
        List<Signal> all = new ArrayList<>();
        for (Signal next = signals.poll(Duration.ZERO); next != null; next = signals.poll(Duration.ZERO)) {
            all.add(next);
        }
        return all;
    }

    private static LiveEvent word(long offset) {
        return new LiveEvent(TASK, Instant.EPOCH, null, null, null, new TaskEvent.ModelDelta(1, offset, "x"));
    }
}
