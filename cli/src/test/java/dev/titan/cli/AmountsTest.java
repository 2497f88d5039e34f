package dev.titan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AmountsTest {

    @Test
    void timesGetCoarserAsTheyGrow() {
        assertThat(Amounts.seconds(Duration.ofMillis(49))).isEqualTo("0.0 s");
        assertThat(Amounts.seconds(Duration.ofMillis(9_949))).isEqualTo("9.9 s");
        assertThat(Amounts.seconds(Duration.ofSeconds(119))).isEqualTo("119 s");
        assertThat(Amounts.seconds(Duration.ofSeconds(3_605))).isEqualTo("60 min 05 s");
        assertThat(Amounts.seconds(Duration.ofSeconds(-3))).isEqualTo("0.0 s");
    }

    @Test
    void sizesHaveUnits() {
        assertThat(Amounts.bytes(1_023)).isEqualTo("1023 B");
        assertThat(Amounts.bytes(1_536)).isEqualTo("1.5 KiB");
        assertThat(Amounts.bytes(5 << 20)).isEqualTo("5.0 MiB");
    }

    @Test
    void countsHavePlurals() {
        assertThat(Amounts.count(1, "artifact")).isEqualTo("1 artifact");
        assertThat(Amounts.count(1_234, "token")).isEqualTo("1,234 tokens");
    }
}
