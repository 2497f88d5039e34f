package dev.titan.store.event;

import dev.titan.contracts.event.LiveEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sends live events to every process that listens, by PostgreSQL's notifications and without a row. Senders never wait
 * and never hear of trouble: what cannot be sent is lost. All the tasks of a process share its rounds, so that a hundred
 * talking models cost one statement a round; an event that comes after a pause is sent at once. Thread-safe.
 */
public final class LiveBroadcast implements AutoCloseable {

    static final String CHANNEL = "titan_live";

    private static final Logger LOG = LoggerFactory.getLogger(LiveBroadcast.class);

    /** Half of the 50 ms viewers are promised; faster looks no smoother. */
    private static final Duration ROUND = Duration.ofMillis(25);

    /** A database that is that far behind is in trouble, and the words can wait for the stored event. */
    private static final int WAITING_CHARS_MAX = 1 << 20;

    /** A turn is not held up any longer for its last words. */
    private static final Duration FLUSH_MAX = Duration.ofMillis(250);

    private final JdbcClient jdbc;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private List<WaitingEvent> waiting = new ArrayList<>();
    private int waitingChars;
    private long accepted;
    private long done;
    private long hurry;
    private boolean closed;

    /** Begins to send. */
    public LiveBroadcast(JdbcClient jdbc) {
        this.jdbc = jdbc;
        Thread.ofPlatform().name("titan-live").daemon().start(this::run);
    }

    /** Sends an event in this round or the next one. */
    public void send(LiveEvent event) {
        lock.lock();
        try {
            int chars = WaitingEvent.chars(event);
            if (closed || waitingChars + chars > WAITING_CHARS_MAX) {
                return;
            }
            waitingChars += chars;
            accepted++;
            Optional<WaitingEvent> before = lastOf(event);
            if (before.isEmpty() || !before.get().joined(event)) {
                waiting.add(new WaitingEvent(event));
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when what was accepted so far is sent, or lost, or took too long. */
    public void flush() {
        lock.lock();
        try {
            long goal = accepted;
            hurry = goal;
            changed.signalAll();
            long left = FLUSH_MAX.toNanos();
            while (done < goal && left > 0 && !closed) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Optional<WaitingEvent> lastOf(LiveEvent event) {
        return waiting.reversed().stream().filter(known -> known.isOf(event)).findFirst();
    }

    private void run() {
        try {
            while (awaitEvents()) {
                long begin = System.nanoTime();
                long goal = sendWaiting();
                endRound(goal, begin);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does so but a process that ends
        }
    }

    /** Returns false when there will be no more. */
    private boolean awaitEvents() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.await();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private long sendWaiting() {
        List<WaitingEvent> taken;
        long goal;
        lock.lock();
        try {
            taken = waiting;
            goal = accepted;
            waiting = new ArrayList<>();
            waitingChars = 0;
        } finally {
            lock.unlock();
        }
        String[] payloads = taken.stream()
                .flatMap(event -> LivePayload.of(event.whole()).stream())
                .toArray(String[]::new);
        try {
            jdbc.sql("select pg_notify(:channel, payload) from unnest(cast(:payloads as text[])) as payload")
                    .param("channel", CHANNEL)
                    .param("payloads", payloads)
                    .query((row, number) -> CHANNEL)
                    .list();
        } catch (DataAccessException e) {
            LOG.debug("{} live events are lost", payloads.length, e);
        }
        return goal;
    }

    private void endRound(long goal, long begin) throws InterruptedException {
        lock.lock();
        try {
            done = goal;
            changed.signalAll();
            long left = ROUND.toNanos() - (System.nanoTime() - begin);
            while (left > 0 && hurry <= done && !closed) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
