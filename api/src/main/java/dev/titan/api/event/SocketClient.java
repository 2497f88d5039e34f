package dev.titan.api.event;

import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.event.LiveEvent;
import dev.titan.contracts.json.TitanJson;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

/** A client at the end of a WebSocket; one that does not take a message within {@link #SEND_MAX} is cut off. */
final class SocketClient implements StreamClient {

    private static final Logger LOG = LoggerFactory.getLogger(StreamClient.class);

    /** A phone in a tunnel comes back sooner or not at all. */
    private static final Duration SEND_MAX = Duration.ofSeconds(10);

    /** Tomcat: how long a blocking write may take, in milliseconds. */
    private static final String SEND_TIMEOUT_PROPERTY = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

    /** Pings without an answer after which a client counts as gone. */
    private static final int PINGS_UNANSWERED_MAX = 3;

    private final WebSocketSession session;
    private final AtomicInteger pingsUnanswered = new AtomicInteger();

    SocketClient(WebSocketSession session) {
        this.session = session;
        if (session instanceof NativeWebSocketSession wrapper
                && wrapper.getNativeSession() instanceof jakarta.websocket.Session tomcat) {
            Map<String, Object> properties = tomcat.getUserProperties();
            properties.put(SEND_TIMEOUT_PROPERTY, SEND_MAX.toMillis());
        }
    }

    @Override
    public boolean isOpen() {
        return session.isOpen();
    }

    @Override
    public void send(EventEnvelope event) throws IOException {
        write(new TextMessage(TitanJson.mapper().writeValueAsString(event)));
    }

    @Override
    public void send(LiveEvent event) throws IOException {
        write(new TextMessage(TitanJson.mapper().writeValueAsString(event)));
    }

    @Override
    public void ping() throws IOException {
        if (pingsUnanswered.getAndIncrement() >= PINGS_UNANSWERED_MAX) {
            throw new IOException("the client does not answer");
        }
        write(new PingMessage());
    }

    /** The client has answered a ping. */
    void heard() {
        pingsUnanswered.set(0);
    }

    @Override
    public void close(StreamEnd end) {
        if (!session.isOpen()) {
            return;
        }
        try {
            session.close(status(end));
        } catch (IOException e) {
            LOG.debug("A stream did not close in good order", e);
        }
    }

    private static CloseStatus status(StreamEnd end) {
        return switch (end) {
            case COMPLETE -> CloseStatus.NORMAL;
            case CUT_OFF -> CloseStatus.SESSION_NOT_RELIABLE;
            case STORE_FAILED -> CloseStatus.SERVICE_RESTARTED;
            case SHUTTING_DOWN -> CloseStatus.GOING_AWAY;
            case BROKEN -> CloseStatus.SERVER_ERROR;
        };
    }

    private void write(WebSocketMessage<?> message) throws IOException {
        try {
            session.sendMessage(message);
        } catch (IllegalStateException e) {
            throw new IOException("the client has gone", e);
        }
    }
}
