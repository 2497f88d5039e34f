package dev.titan.sandboxd.life;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long the daemon may live: while it is asked for something now and then, and never longer than its hard limit, so
 * that nothing outlives a host that has forgotten it. Every request counts as a sign of life. Thread-safe.
 */
public final class Lease {

    private final LongSupplier nanoClock;
    private final long hardEndNanos;
    private Duration term;
    private long lastSignNanos;

    /** Begins now. {@code nanoClock} counts as {@link System#nanoTime} does. */
    public Lease(Duration term, Duration hardLimit, LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.term = term;
        this.lastSignNanos = nanoClock.getAsLong();
        this.hardEndNanos = lastSignNanos + hardLimit.toNanos();
    }

    /** Notes a sign of life. */
    public synchronized void touch() {
        lastSignNanos = nanoClock.getAsLong();
    }

    /** Notes a sign of life and sets how long the next may take. */
    public synchronized void renew(Duration newTerm) {
        term = newTerm;
        touch();
    }

    /** Whether it is time to end. */
    public synchronized boolean over() {
        long now = nanoClock.getAsLong();
        return now - hardEndNanos >= 0 || now - lastSignNanos >= term.toNanos();
    }
}
