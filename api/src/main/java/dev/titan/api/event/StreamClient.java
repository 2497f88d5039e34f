package dev.titan.api.event;

import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.event.LiveEvent;
import java.io.IOException;

/**
 * A client at the other end of a stream. Writing waits until the client has taken the message, but not for ever; nothing
 * is queued for it here: what it has not seen it asks for again.
 */
interface StreamClient {

    boolean isOpen();

    /** Sends an event of the log. */
    void send(EventEnvelope event) throws IOException;

    /** Sends a passing word. */
    void send(LiveEvent event) throws IOException;

    /** Sends a sign of life. */
    void ping() throws IOException;

    /** Closes; a second time changes nothing. */
    void close(StreamEnd end);
}
