package dev.titan.api.event;

import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.event.LiveEvent;
import dev.titan.contracts.json.TitanJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A client of server-sent events. The id of an event is its {@code seq}; a passing word has none, so that a client that
 * comes back names the last event of the log. One that takes nothing for as long as the server lets a write wait
 * (Tomcat: 20 s) is cut off. It cannot answer a sign of life, which is therefore only written.
 */
final class SseClient implements StreamClient {

    private final OutputStream out;
    private volatile boolean open = true;

    SseClient(OutputStream out) {
        this.out = out;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void send(EventEnvelope event) throws IOException {
        write("id: %d\ndata: %s\n\n".formatted(event.seq(), TitanJson.mapper().writeValueAsString(event)));
    }

    @Override
    public void send(LiveEvent event) throws IOException {
        write("data: %s\n\n".formatted(TitanJson.mapper().writeValueAsString(event)));
    }

    @Override
    public void ping() throws IOException {
        write(": still here\n\n");
    }

    @Override
    public void close(StreamEnd end) {
        open = false;
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
