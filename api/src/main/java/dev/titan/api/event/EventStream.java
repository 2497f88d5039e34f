package dev.titan.api.event;

import dev.titan.store.event.EventFeed;
import dev.titan.store.event.EventLog;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.MDC;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/**
 * {@code WS …/stream}: the events of a task, from where the client asks, each exactly once and in order. Every client has
 * a virtual thread of its own that reads the table and writes to the socket, so a slow one delays nobody.
 */
public final class EventStream extends TextWebSocketHandler implements SmartLifecycle {

    /** Each holds one page of events and two threads' stacks at most; beyond this a process serves nobody well. */
    static final int STREAMS_MAX = 2_000;

    private final EventLog log;
    private final EventFeed feed;
    private final Map<String, Follower> followers = new ConcurrentHashMap<>();
    private volatile boolean running;

    public EventStream(EventLog log, EventFeed feed) {
        this.log = log;
        this.feed = feed;
    }

    /** Returns how many clients follow a task now. */
    public int open() {
        return followers.size();
    }

    boolean hasRoom() {
        return open() < STREAMS_MAX;
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        StreamStart start = StreamStart.from(session.getAttributes());
        Follower follower = new Follower(log, feed, new StreamClient(session), start);
        followers.put(session.getId(), follower);
        Map<String, String> context = MDC.getCopyOfContextMap();
        Thread.ofVirtual().name("stream-" + start.task()).start(() -> {
            if (context != null) {
                MDC.setContextMap(context);
            }
            try {
                follower.follow();
            } finally {
                followers.remove(session.getId());
            }
        });
    }

    @Override
    protected void handlePongMessage(WebSocketSession session, PongMessage message) {
        Follower follower = followers.get(session.getId());
        if (follower != null) {
            follower.heardFromClient();
        }
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        Follower follower = followers.remove(session.getId());
        if (follower != null) {
            follower.stop();
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
        followers.values().forEach(Follower::goAway);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
