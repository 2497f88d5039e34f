package dev.titan.api.event;

import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.event.LiveEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.store.event.EventFeed;
import dev.titan.store.event.EventLog;
import dev.titan.store.event.FeedListener;
import dev.titan.store.event.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Brings one client from where it is to the end of a task's log and on from there. The table is the only source of the
 * log: a signal says how far it has grown, never with what, so nothing is lost between reading and following, and nothing
 * comes twice. Passing words go between, where they were said.
 */
final class Follower {

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    /** What is held in memory for one client. */
    private static final int PAGE = 100;

    /** Shorter than the 30–60 s after which proxies cut a silent connection. */
    private static final Duration PING_EVERY = Duration.ofSeconds(20);

    private final EventLog log;
    private final EventFeed feed;
    private final StreamClient client;
    private final StreamStart start;
    private final Signals signals = new Signals();
    private final ShownTurns shown = new ShownTurns();
    private volatile boolean stopped;
    private long after;
    private boolean ended;

    Follower(EventLog log, EventFeed feed, StreamClient client, StreamStart start) {
        this.log = log;
        this.feed = feed;
        this.client = client;
        this.start = start;
        this.after = start.after();
        this.ended = start.ended();
    }

    /** Returns when the task has ended and the client has everything, or when the client has gone. */
    void follow() {
        try (Subscription _ = feed.subscribe(start.task(), signals)) {
            if (sendToTheEnd()) {
                client.close(StreamEnd.COMPLETE);
            }
        } catch (IOException e) {
            LOG.info("A stream was cut off: {}", e.getMessage());
            client.close(StreamEnd.CUT_OFF);
        } catch (DataAccessException e) {
            LOG.warn("A stream ended because the store failed", e);
            client.close(StreamEnd.STORE_FAILED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            client.close(StreamEnd.SHUTTING_DOWN);
        } finally {
            // After a bug as well: a stream that says nothing any more must not look like one that waits.
            client.close(StreamEnd.BROKEN);
        }
    }

    void stop() {
        stopped = true;
        signals.grown(0);
    }

    void goAway() {
        stop();
        client.close(StreamEnd.SHUTTING_DOWN);
    }

    /** Returns true when the log is complete and sent, false when there is nobody to send it to. */
    private boolean sendToTheEnd() throws IOException, InterruptedException {
        sendLog(FeedListener.ANYWHERE);
        while (!stopped && client.isOpen()) {
            if (ended) {
                sendLog(FeedListener.ANYWHERE);
                return client.isOpen();
            }
            switch (signals.poll(PING_EVERY)) {
                case Signals.Signal.Grown(long seq) -> sendLog(seq);
                case Signals.Signal.Said(LiveEvent event) -> {
                    if (!shown.areOver(event)) {
                        client.send(event);
                    }
                }
                case null -> client.ping();
            }
        }
        return false;
    }

    /**
     * Sends the log as far as it is known to reach, and no further: words that were said before the events beyond may
     * still be on their way.
     */
    private void sendLog(long seq) throws IOException {
        boolean more = seq > after;
        while (more && !stopped && client.isOpen()) {
            List<EventEnvelope> page = log.read(start.task(), after, PAGE);
            for (EventEnvelope event : page) {
                if (event.seq() > seq) {
                    return;
                }
                client.send(event);
                after = event.seq();
                ended |= isEnd(event);
                shown.sent(event);
            }
            more = page.size() == PAGE && seq > after;
        }
    }

    private static boolean isEnd(EventEnvelope event) {
        return event.data() instanceof TaskEvent.Completed || event.data() instanceof TaskEvent.Failed;
    }
}
