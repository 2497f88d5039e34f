package dev.titan.api.event;

import dev.titan.contracts.event.LiveEvent;
import dev.titan.store.event.FeedListener;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a follower has to see to, in order. A client that is slow does not hold up the feed: the log waits in the table,
 * and passing words beyond {@link #SAID_MAX} are lost, which their offsets tell. Thread-safe.
 */
final class Signals implements FeedListener {

    /** Two seconds of a talking model, at most 1 MB. */
    static final int SAID_MAX = 128;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final Deque<Signal> waiting = new ArrayDeque<>();
    private int said;

    sealed interface Signal {

        /** The log has grown and reaches at least to {@code seq}. */
        record Grown(long seq) implements Signal {}

        /** Words to pass on. */
        record Said(LiveEvent event) implements Signal {}
    }

    @Override
    public void grown(long seq) {
        lock.lock();
        try {
            if (waiting.peekLast() instanceof Signal.Grown(long before)) {
                waiting.removeLast();
                waiting.addLast(new Signal.Grown(Math.max(seq, before)));
            } else {
                waiting.addLast(new Signal.Grown(seq));
            }
            added.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void live(LiveEvent event) {
        lock.lock();
        try {
            if (said < SAID_MAX) {
                said++;
                waiting.addLast(new Signal.Said(event));
                added.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes the next one; absent when none came in time. */
    @Nullable
    Signal poll(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (waiting.isEmpty() && left > 0) {
                left = added.awaitNanos(left);
            }
            Signal next = waiting.pollFirst();
            if (next instanceof Signal.Said) {
                said--;
            }
            return next;
        } finally {
            lock.unlock();
        }
    }
}
