package dev.titan.api;

import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.task.TaskId;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A WebSocket client that keeps what it reads. */
final class StreamReader implements WebSocket.Listener {

    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private volatile int closeCode;
    private volatile boolean aborted;
    private volatile @Nullable WebSocket socket;

    private final boolean reads;

    StreamReader() {
        this(true);
    }

    private StreamReader(boolean reads) {
        this.reads = reads;
    }

    static StreamReader open(TestApi api, TaskId task, long after) {
        return open(new StreamReader(), api, task, after);
    }

    /** Opens a stream and takes nothing in. */
    static StreamReader openWithoutReading(TestApi api, TaskId task) {
        return open(new StreamReader(false), api, task, 0);
    }

    private static StreamReader open(StreamReader reader, TestApi api, TaskId task, long after) {
        reader.socket = api.client()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + TestApi.KEY)
                .buildAsync(api.webSocketUri("/v1/tasks/%s/stream?after=%d".formatted(task, after)), reader)
                .join();
        return reader;
    }

    @Override
    public void onOpen(WebSocket webSocket) {
        if (reads) {
            webSocket.request(1);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            JsonNode event = TitanJson.mapper().readTree(part.toString());
            part.setLength(0);
            synchronized (this) {
                if (!aborted) {
                    events.add(event);
                }
            }
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closeCode = statusCode;
        return null;
    }

    /** Goes away without a word, like a process that was killed; nothing is taken in afterwards. */
    synchronized void abort() {
        aborted = true;
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
    }

    boolean closed() {
        return closeCode != 0;
    }

    int closeCode() {
        return closeCode;
    }

    List<JsonNode> events() {
        return List.copyOf(events);
    }

    List<Long> seqs() {
        return events.stream().map(event -> event.path("seq").longValue()).toList();
    }
}
