package dev.titan.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SamplingTest {

    @Test
    void takesOneSampleEachRound() throws Exception {
        AtomicInteger runs = new AtomicInteger();

        assertThat(new Sampling(7, Duration.ofMinutes(1))
                        .of(runs::incrementAndGet)
                        .count())
                .isEqualTo(7);
        assertThat(runs).hasValue(7);
    }

    @Test
    void takesOneSampleWhenThereIsNoTimeForMore() throws Exception {
        assertThat(new Sampling(7, Duration.ZERO).of(() -> {}).count()).isEqualTo(1);
    }

    @Test
    void beginsNothingOnceItIsToldToStop() {
        AtomicInteger runs = new AtomicInteger();

        assertThatThrownBy(() -> new Sampling(7, Duration.ofMinutes(1)).of(() -> {
                    runs.incrementAndGet();
                    Thread.currentThread().interrupt();
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(runs).hasValue(1);
        assertThat(Thread.interrupted()).isTrue();
    }
}
