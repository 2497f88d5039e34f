package dev.titan.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {

    private static final Samples HUNDRED = Samples.of(
            IntStream.rangeClosed(1, 100).mapToObj(i -> (double) (101 - i)).toList());

    @Test
    void takesAPercentileByNearestRank() {
        assertThat(HUNDRED.percentile(1)).isEqualTo(1);
        assertThat(HUNDRED.percentile(50)).isEqualTo(50);
        assertThat(HUNDRED.percentile(95)).isEqualTo(95);
        assertThat(HUNDRED.percentile(100)).isEqualTo(100);
    }

    @Test
    void knowsItsEnds() {
        assertThat(HUNDRED.count()).isEqualTo(100);
        assertThat(HUNDRED.min()).isEqualTo(1);
        assertThat(HUNDRED.max()).isEqualTo(100);
    }

    @Test
    void takesASampleThatWasSeenAndNothingBetweenTwo() {
        Samples four = Samples.of(List.of(4.0, 1.0, 3.0, 2.0));

        assertThat(four.percentile(50)).isEqualTo(2);
        assertThat(four.percentile(51)).isEqualTo(3);
        assertThat(four.percentile(95)).isEqualTo(4);
    }

    @Test
    void isItsOwnEveryPercentileWhenThereIsOne() {
        Samples one = Samples.of(List.of(7.0));

        assertThat(one.percentile(1)).isEqualTo(7);
        assertThat(one.percentile(95)).isEqualTo(7);
    }

    @Test
    void refusesWhatMeansNothing() {
        assertThatThrownBy(() -> Samples.of(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Samples(List.of(2.0, 1.0))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HUNDRED.percentile(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HUNDRED.percentile(101)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void meetsABarThatItJustReaches() {
        Samples samples = Samples.of(Collections.nCopies(20, 3.0));

        assertThat(Bar.p50(3).isMetBy(samples)).isTrue();
        assertThat(Bar.p50(2.99).isMetBy(samples)).isFalse();
    }

    @Test
    void judgesOneInTwentyByTheBarsPercentile() {
        Samples oneSlow = Samples.of(
                IntStream.range(0, 20).mapToObj(i -> i == 0 ? 1000.0 : 1.0).toList());
        Samples twoSlow = Samples.of(
                IntStream.range(0, 20).mapToObj(i -> i < 2 ? 1000.0 : 1.0).toList());

        assertThat(Bar.p95(300).isMetBy(oneSlow)).isTrue();
        assertThat(Bar.p95(300).isMetBy(twoSlow)).isFalse();
        assertThat(Bar.p50(300).isMetBy(twoSlow)).isTrue();
    }
}
