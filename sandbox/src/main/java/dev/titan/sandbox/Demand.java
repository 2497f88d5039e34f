package dev.titan.sandbox;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How many sandboxes are being asked for, from which follows how many to make ahead and when. Thread-safe. */
public final class Demand {

    /** What comes within it has to be served from the pool, for making a sandbox ahead takes a second. */
    private static final Duration BURST = Duration.ofMinutes(1);

    /** A burst is expected to come again for so long; sandboxes that wait longer for it cost more than they save. */
    private static final Duration MEMORY = Duration.ofMinutes(10);

    /** More than any pool holds; bounds the memory of a busy minute. */
    private static final int REMEMBERED_MAX = 1_000;

    private final LongSupplier nanoClock;
    private final Deque<Long> begins = new ArrayDeque<>();
    private final Semaphore ended = new Semaphore(0);
    private long lastNanos;
    private int running;

    /** @param nanoClock counts as {@link System#nanoTime} does */
    public Demand(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.lastNanos = nanoClock.getAsLong();
    }

    /** A sandbox that is being created; closed when it is there or cannot be had. */
    public final class Creation implements AutoCloseable {

        private Creation() {}

        @Override
        public void close() {
            synchronized (Demand.this) {
                running--;
                lastNanos = nanoClock.getAsLong();
            }
            ended.release();
        }
    }

    /** Notes that somebody needs a sandbox now. */
    public synchronized Creation begin() {
        running++;
        lastNanos = nanoClock.getAsLong();
        begins.addLast(lastNanos);
        if (begins.size() > REMEMBERED_MAX) {
            begins.removeFirst();
        }
        return new Creation();
    }

    /** Returns how many were asked for in the busiest minute of the last ten. */
    public synchronized int burst() {
        long now = nanoClock.getAsLong();
        while (!begins.isEmpty() && now - begins.getFirst() > MEMORY.toNanos()) {
            begins.removeFirst();
        }
        Deque<Long> within = new ArrayDeque<>();
        int most = 0;
        for (long begin : begins) {
            within.addLast(begin);
            while (begin - within.getFirst() >= BURST.toNanos()) {
                within.removeFirst();
            }
            most = Math.max(most, within.size());
        }
        return most;
    }

    /** Returns whether nobody has been waiting for a sandbox for so long, counted from the start at the earliest. */
    public synchronized boolean isQuiet(Duration time) {
        return running == 0 && nanoClock.getAsLong() - lastNanos >= time.toNanos();
    }

    /** Waits until another creation ends, at most for a time. */
    public void await(Duration time) throws InterruptedException {
        if (ended.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS)) {
            ended.drainPermits();
        }
    }
}
