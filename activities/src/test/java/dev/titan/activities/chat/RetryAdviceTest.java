package dev.titan.activities.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.activities.chat.RetryAdvice.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAdviceTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry-after    | 7                             | PT7S",
                "retry-after    | 0.5                           | PT0.5S",
                "retry-after    | Sun, 22 Nov 2026 10:00:12 GMT | PT12S",
                "retry-after-ms | 250                           | PT0.25S",
                "retry-after    | 60                            | PT1M",
                "retry-after    | 61                            | ",
                "retry-after    | 0                             | ",
                "retry-after    | -3                            | ",
                "retry-after    | Sun, 22 Nov 2026 09:00:00 GMT | ",
                "retry-after    | soon                          | ",
                "retry-after    | NaN                           | ",
            })
    void readsTheDelay(String header, String value, Duration expected) {
        assertThat(RetryAdvice.of(Map.of(header, List.of(value)), NOW).after()).isEqualTo(expected);
    }

    @Test
    void prefersMilliseconds() {
        Map<String, List<String>> headers = Map.of("retry-after", List.of("9"), "retry-after-ms", List.of("1500"));
        assertThat(RetryAdvice.of(headers, NOW)).isEqualTo(new RetryAdvice(Wish.UNSAID, Duration.ofMillis(1500)));
    }

    @Test
    void readsTheWish() {
        assertThat(RetryAdvice.of(Map.of("x-should-retry", List.of("false")), NOW)
                        .wish())
                .isEqualTo(Wish.DO_NOT_RETRY);
        assertThat(RetryAdvice.of(Map.of("x-should-retry", List.of("true")), NOW)
                        .wish())
                .isEqualTo(Wish.RETRY);
        assertThat(RetryAdvice.of(Map.of(), NOW)).isEqualTo(RetryAdvice.NONE);
    }
}
