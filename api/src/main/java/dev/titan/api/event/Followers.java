package dev.titan.api.event;

import dev.titan.store.event.EventFeed;
import dev.titan.store.event.EventLog;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.SmartLifecycle;

/** Everybody who follows a task here, by whatever protocol. Thread-safe. */
public final class Followers implements SmartLifecycle {

    /** Each holds one page of events and two threads' stacks at most; beyond this a process serves nobody well. */
    static final int STREAMS_MAX = 2_000;

    private final EventLog log;
    private final EventFeed feed;
    private final Set<Follower> open = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    public Followers(EventLog log, EventFeed feed) {
        this.log = log;
        this.feed = feed;
    }

    /** Returns how many clients follow a task now. */
    public int open() {
        return open.size();
    }

    boolean hasRoom() {
        return open() < STREAMS_MAX;
    }

    /** Counts the client in; it is served when {@link #serve} is called. */
    Follower admit(StreamClient client, StreamStart start) {
        Follower follower = new Follower(log, feed, client, start);
        open.add(follower);
        return follower;
    }

    /** Returns when the client has everything or has gone. */
    void serve(Follower follower) {
        try {
            follower.follow();
        } finally {
            open.remove(follower);
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /** Tells every client that this process goes away, so that it comes back to another one. */
    @Override
    public void stop() {
        running = false;
        open.forEach(Follower::goAway);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
