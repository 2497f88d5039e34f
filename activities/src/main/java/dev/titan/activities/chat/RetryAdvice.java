package dev.titan.activities.chat;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's response headers say about trying again.
 *
 * @param wish whether to, where the provider says so
 * @param after how long to wait first; absent when the provider does not say, or asks for more than {@link #AFTER_MAX}
 */
public record RetryAdvice(Wish wish, @Nullable Duration after) implements Serializable {

    /** Longer waits are left to the normal back-off, which gives up and says so (Temporal's AI cookbook). */
    public static final Duration AFTER_MAX = Duration.ofMinutes(1);

    public static final RetryAdvice NONE = new RetryAdvice(Wish.UNSAID, null);

    /** Whether the provider wants the request again. */
    public enum Wish {
        /** It does not say; the kind of failure decides. */
        UNSAID,
        /** {@code x-should-retry: true}. */
        RETRY,
        /** {@code x-should-retry: false}. */
        DO_NOT_RETRY
    }

    /**
     * Reads {@code retry-after-ms}, {@code retry-after} (RFC 9110: seconds or a date) and {@code x-should-retry}.
     *
     * @param headers names in lower case
     */
    static RetryAdvice of(Map<String, List<String>> headers, Instant now) {
        Duration after = first(headers, "retry-after-ms")
                .flatMap(RetryAdvice::millis)
                .or(() -> first(headers, "retry-after").flatMap(value -> secondsOrDate(value, now)))
                .filter(delay -> delay.isPositive() && delay.compareTo(AFTER_MAX) <= 0)
                .orElse(null);
        Wish wish = first(headers, "x-should-retry")
                .map(value -> switch (value.strip()) {
                    case "true" -> Wish.RETRY;
                    case "false" -> Wish.DO_NOT_RETRY;
                    default -> Wish.UNSAID;
                })
                .orElse(Wish.UNSAID);
        return new RetryAdvice(wish, after);
    }

    private static Optional<Duration> millis(String value) {
        try {
            return Optional.of(Duration.ofNanos((long) (Double.parseDouble(value.strip()) * 1e6)));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> secondsOrDate(String value, Instant now) {
        try {
            return Optional.of(Duration.ofMillis((long) (Double.parseDouble(value.strip()) * 1e3)));
        } catch (NumberFormatException notSeconds) {
            try {
                Instant until = ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                return Optional.of(Duration.between(now, until));
            } catch (DateTimeException notADate) {
                return Optional.empty();
            }
        }
    }

    private static Optional<String> first(Map<String, List<String>> headers, String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }
}
