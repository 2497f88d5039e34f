package dev.titan.api.event;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.MDC;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/**
 * {@code WS …/stream}: the events of a task, from where the client asks, each exactly once and in order, and between them
 * what its model says at the moment. Every client has a virtual thread of its own that reads the table and writes to the
 * socket, so a slow one delays nobody.
 */
public final class EventStream extends TextWebSocketHandler {

    private final Followers followers;
    private final Map<String, Served> bySession = new ConcurrentHashMap<>();

    private record Served(SocketClient client, Follower follower) {}

    public EventStream(Followers followers) {
        this.followers = followers;
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        StreamStart start = StreamStart.from(session.getAttributes());
        SocketClient client = new SocketClient(session);
        Follower follower = followers.admit(client, start);
        bySession.put(session.getId(), new Served(client, follower));
        Map<String, String> context = MDC.getCopyOfContextMap();
        Thread.ofVirtual().name("stream-" + start.task()).start(() -> {
            if (context != null) {
                MDC.setContextMap(context);
            }
            try {
                followers.serve(follower);
            } finally {
                bySession.remove(session.getId());
            }
        });
    }

    @Override
    protected void handlePongMessage(WebSocketSession session, PongMessage message) {
        Served served = bySession.get(session.getId());
        if (served != null) {
            served.client().heard();
        }
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        Served served = bySession.remove(session.getId());
        if (served != null) {
            served.follower().stop();
        }
    }
}
