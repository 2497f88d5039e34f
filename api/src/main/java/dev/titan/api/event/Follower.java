package dev.titan.api.event;

import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.store.event.EventFeed;
import dev.titan.store.event.EventLog;
import dev.titan.store.event.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.web.socket.CloseStatus;

/**
 * Brings one client from where it is to the end of a task's log and on from there. The table is the only source: a
 * wake-up says that it may have grown, never with what, so nothing is lost between reading and following, and nothing
 * comes twice.
 */
final class Follower {

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    /** What is held in memory for one client. */
    private static final int PAGE = 100;

    /** Shorter than the 30–60 s after which proxies cut a silent connection. */
    private static final Duration PING_EVERY = Duration.ofSeconds(20);

    /** Pings without an answer after which a client counts as gone. */
    private static final int PINGS_UNANSWERED_MAX = 3;

    private final EventLog log;
    private final EventFeed feed;
    private final StreamClient client;
    private final StreamStart start;
    private final Semaphore wakes = new Semaphore(0);
    private final AtomicInteger pingsUnanswered = new AtomicInteger();
    private volatile boolean stopped;

    Follower(EventLog log, EventFeed feed, StreamClient client, StreamStart start) {
        this.log = log;
        this.feed = feed;
        this.client = client;
        this.start = start;
    }

    /** Returns when the task has ended and the client has everything, or when the client has gone. */
    void follow() {
        try (Subscription _ = feed.subscribe(start.task(), wakes::release)) {
            if (sendToTheEnd()) {
                client.close(CloseStatus.NORMAL);
            }
        } catch (IOException e) {
            LOG.info("A stream was cut off: {}", e.getMessage());
            client.close(CloseStatus.SESSION_NOT_RELIABLE);
        } catch (DataAccessException e) {
            LOG.warn("A stream ended because the store failed", e);
            client.close(CloseStatus.SERVICE_RESTARTED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            client.close(CloseStatus.GOING_AWAY);
        } finally {
            // After a bug as well: a stream that says nothing any more must not look like one that waits.
            client.close(CloseStatus.SERVER_ERROR);
        }
    }

    void heardFromClient() {
        pingsUnanswered.set(0);
    }

    void stop() {
        stopped = true;
        wakes.release();
    }

    void goAway() {
        stop();
        client.close(CloseStatus.GOING_AWAY);
    }

    /** Returns true when the log is complete and sent, false when there is nobody to send it to. */
    private boolean sendToTheEnd() throws IOException, InterruptedException {
        long after = start.after();
        boolean ended = start.ended();
        while (!stopped && client.isOpen()) {
            wakes.drainPermits();
            List<EventEnvelope> page = log.read(start.task(), after, PAGE);
            for (EventEnvelope event : page) {
                client.send(event);
                after = event.seq();
                ended |= isEnd(event);
            }
            boolean drained = page.size() < PAGE;
            if (drained && ended) {
                return true;
            }
            if (drained && !wakes.tryAcquire(PING_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                ping();
            }
        }
        return false;
    }

    private void ping() throws IOException {
        if (pingsUnanswered.getAndIncrement() >= PINGS_UNANSWERED_MAX) {
            throw new IOException("the client does not answer");
        }
        client.ping();
    }

    private static boolean isEnd(EventEnvelope event) {
        return event.data() instanceof TaskEvent.Completed || event.data() instanceof TaskEvent.Failed;
    }
}
