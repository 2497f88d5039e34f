package dev.titan.dev.process;

import java.time.Duration;

/**
 * Delays between restarts: the first restart is immediate, for a child that was killed once; then they double up to a
 * limit, for one that cannot start. A child that stayed up for a while begins anew. Not thread-safe.
 */
final class BackOff {

    private static final Duration FIRST = Duration.ofMillis(100);
    /** Long enough not to burn a core on a child that never starts, short enough for a person who just fixed the cause. */
    private static final Duration LONGEST = Duration.ofSeconds(5);
    /** A child that lived this long was started successfully, whatever ended it. */
    private static final Duration SETTLED = Duration.ofSeconds(10);

    private Duration next = Duration.ZERO;

    /** Returns how long to wait before the next start of a child that lived that long. */
    Duration after(Duration lifetime) {
        if (lifetime.compareTo(SETTLED) >= 0) {
            next = Duration.ZERO;
        }
        Duration delay = next;
        Duration doubled = delay.isZero() ? FIRST : delay.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return delay;
    }
}
