package dev.titan.dev.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackOffTest {

    @Test
    void restartsAtOnceThenSlowerUpToALimitAndForgetsAfterALongLife() {
        BackOff backOff = new BackOff();

        assertThat(IntStream.range(0, 8).mapToObj(i -> backOff.after(Duration.ofMillis(5))))
                .map(Duration::toMillis)
                .containsExactly(0L, 100L, 200L, 400L, 800L, 1_600L, 3_200L, 5_000L);
        assertThat(backOff.after(Duration.ofMinutes(1))).isZero();
        assertThat(backOff.after(Duration.ofMillis(5))).isEqualTo(Duration.ofMillis(100));
    }
}
