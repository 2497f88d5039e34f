package dev.titan.cli;

import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.json.TitanJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Follows a task from its first event to its last, each once: over the WebSocket, and from the list of events where
 * that breaks off. The next attempt begins after the last event seen.
 */
final class EventStream {

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final HttpClient http;
    private final TitanApi api;
    private final URI base;
    private final String key;
    private final String task;
    private volatile long seen;
    private volatile boolean ended;

    EventStream(HttpClient http, TitanApi api, URI base, String key, String task) {
        this.http = http;
        this.api = api;
        this.base = base;
        this.key = key;
        this.task = task;
    }

    /** Returns when the task's last event has been shown. */
    void follow(Consumer<EventEnvelope> show) throws InterruptedException {
        while (!ended) {
            try {
                listen(show);
            } catch (CompletionException e) {
                catchUp(show);
            }
            if (!ended) {
                Thread.sleep(PAUSE);
                catchUp(show);
            }
        }
    }

    private void catchUp(Consumer<EventEnvelope> show) {
        try {
            api.events(task, seen).forEach(event -> accept(event, show));
        } catch (ApiException e) {
            // The server is restarting; the task is not affected, and the next attempt tells.
            return;
        }
    }

    private void listen(Consumer<EventEnvelope> show) {
        Listener listener = new Listener(event -> accept(event, show));
        WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(5));
        if (!key.isEmpty()) {
            builder.subprotocols("bearer." + key);
        }
        builder.buildAsync(base.resolve("/v1/tasks/%s/stream?after=%d".formatted(task, seen)), listener)
                .join();
        listener.closed.join();
    }

    private void accept(EventEnvelope event, Consumer<EventEnvelope> show) {
        if (event.seq() <= seen) {
            return;
        }
        seen = event.seq();
        show.accept(event);
        ended = EventRenderer.isLast(event.data());
    }

    private static final class Listener implements WebSocket.Listener {

        private final CompletableFuture<Void> closed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();
        private final Consumer<EventEnvelope> accept;

        Listener(Consumer<EventEnvelope> accept) {
            this.accept = accept;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                EventEnvelope event = TitanJson.mapper().readValue(text.toString(), EventEnvelope.class);
                text.setLength(0);
                accept.accept(event);
                if (EventRenderer.isLast(event.data())) {
                    closed.complete(null);
                }
            }
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closed.complete(null);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
