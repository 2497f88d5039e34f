package dev.titan.api.event;

import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.json.TitanJson;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

/**
 * A client at the end of a socket. Writing waits until the client has taken the message; one that does not take it within
 * {@link #SEND_MAX} is cut off. Nothing is queued for it here: what it has not seen it asks for with {@code after}.
 */
final class StreamClient {

    private static final Logger LOG = LoggerFactory.getLogger(StreamClient.class);

    /** A phone in a tunnel comes back sooner or not at all. */
    private static final Duration SEND_MAX = Duration.ofSeconds(10);

    /** Tomcat: how long a blocking write may take, in milliseconds. */
    private static final String SEND_TIMEOUT_PROPERTY = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

    private final WebSocketSession session;

    StreamClient(WebSocketSession session) {
        this.session = session;
        if (session instanceof NativeWebSocketSession wrapper
                && wrapper.getNativeSession() instanceof jakarta.websocket.Session tomcat) {
            Map<String, Object> properties = tomcat.getUserProperties();
            properties.put(SEND_TIMEOUT_PROPERTY, SEND_MAX.toMillis());
        }
    }

    boolean isOpen() {
        return session.isOpen();
    }

    void send(EventEnvelope event) throws IOException {
        write(new TextMessage(TitanJson.mapper().writeValueAsString(event)));
    }

    void ping() throws IOException {
        write(new PingMessage());
    }

    /** Closes; a second time changes nothing. */
    void close(CloseStatus status) {
        if (!session.isOpen()) {
            return;
        }
        try {
            session.close(status);
        } catch (IOException e) {
            LOG.debug("A stream did not close in good order", e);
        }
    }

    private void write(WebSocketMessage<?> message) throws IOException {
        try {
            session.sendMessage(message);
        } catch (IllegalStateException e) {
            throw new IOException("the client has gone", e);
        }
    }
}
