package dev.titan.activities.chat;

import java.time.Duration;

/**
 * How long a model is waited for.
 *
 * @param answer for a whole answer, from the request's first byte to the answer's last; for a streamed one until its
 *     first byte
 * @param silence between two bytes of a streamed answer
 * @param connect for reaching the provider
 */
public record ModelTimeouts(Duration answer, Duration silence, Duration connect) {

    /**
     * Models that think before they answer take up to a minute and a half, some of it after the first word: a third more
     * is a hang. A provider that cannot be reached in ten seconds is down.
     */
    public static final ModelTimeouts DEFAULT =
            new ModelTimeouts(Duration.ofMinutes(2), Duration.ofMinutes(2), Duration.ofSeconds(10));

    public ModelTimeouts {
        if (!answer.isPositive() || !silence.isPositive() || !connect.isPositive()) {
            throw new IllegalArgumentException(
                    "timeouts must be positive: %s, %s, %s".formatted(answer, silence, connect));
        }
    }
}
