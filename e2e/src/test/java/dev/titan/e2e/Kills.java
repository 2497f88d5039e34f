package dev.titan.e2e;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** The kills of a process, for those who wait until the next one. Thread-safe. */
final class Kills {

    private final AtomicInteger count = new AtomicInteger();
    private volatile Next next = new Next();

    /** The next kill, and how many wait for it. */
    private record Next(CountDownLatch happened, AtomicInteger waiting) {
        Next() {
            this(new CountDownLatch(1), new AtomicInteger());
        }
    }

    /** Returns when the process has been killed once more. */
    void awaitNext() {
        Next awaited = next;
        awaited.waiting().incrementAndGet();
        try {
            awaited.happened().await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before the next kill", e);
        }
    }

    /** Returns how many wait for the next one. */
    int waiting() {
        return next.waiting().get();
    }

    /** The process has been killed; told by one thread. */
    void happened() {
        count.incrementAndGet();
        Next happened = next;
        next = new Next();
        happened.happened().countDown();
    }

    /** Returns how often it was. */
    int count() {
        return count.get();
    }
}
