package dev.titan.testing.system;

import dev.titan.contracts.json.TitanJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A WebSocket client of a task's stream that keeps what it was sent. */
public final class EventSocket implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final WebSocket socket;

    /** Opens the stream of a task after the event of that number. */
    public EventSocket(URI api, String key, String task, long after) {
        URI stream = URI.create("ws://%s/v1/tasks/%s/stream?after=%d".formatted(api.getAuthority(), task, after));
        socket = http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + key)
                .buildAsync(stream, new Listener())
                .join();
    }

    /** Returns the events of the log so far. */
    public List<JsonNode> received() {
        return everything().stream().filter(message -> message.has("seq")).toList();
    }

    /** Returns the events so far and, between them, what was said in passing. */
    public List<JsonNode> everything() {
        return List.copyOf(received);
    }

    /** Breaks the connection off without a word, as a network does. */
    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                received.add(TitanJson.mapper().readTree(text.toString()));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
