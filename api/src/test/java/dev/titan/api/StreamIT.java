package dev.titan.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.titan.api.event.Followers;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.task.TaskId;
import dev.titan.store.event.EventFeed;
import dev.titan.store.event.EventLog;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("postgres")
class StreamIT {

    private static final String TRACE = "0".repeat(31) + "1";
    private static final int WRITERS = 4;
    private static final int EVENTS = 200;
    private static TestApi api;

    @BeforeAll
    static void start() {
        api = TestApi.start(Map.of());
        await().until(() -> api.bean(EventFeed.class).connected());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void aClientThatReconnectsUnderConcurrentWritingSeesEverySeqOnce() throws Exception {
        TaskId task = newTask();
        List<Long> seen = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                String name = "w" + writer;
                writers.add(threads.submit(() -> {
                    for (int i = 0; i < EVENTS; i++) {
                        append(task, name + "/" + i, new TaskEvent.ToolOutput(0, i, name));
                    }
                }));
            }
            long total = 1 + (long) WRITERS * EVENTS;
            while (seen.size() < total) {
                // A new connection after every hundred events or so, wherever that happens to be.
                long enough = Math.min(total, seen.size() + 100);
                StreamReader reader = StreamReader.open(api, task, seen.isEmpty() ? 0 : seen.getLast());
                long missing = enough - seen.size();
                await().atMost(Duration.ofSeconds(60)).until(() -> reader.seqs().size() >= missing);
                reader.abort();
                seen.addAll(reader.seqs());
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            assertThat(seen)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, total).boxed().toList());
        }
    }

    @Test
    void theStreamClosesAfterTheLastEvent() {
        TaskId task = newTask();
        StreamReader following = StreamReader.open(api, task, 0);
        append(task, "started", new TaskEvent.TaskStarted());
        append(task, "complete", new TaskEvent.Completed("done"));

        await().until(following::closed);
        assertThat(following.closeCode()).isEqualTo(1000);
        assertThat(following.seqs()).containsExactly(1L, 2L, 3L);

        StreamReader late = StreamReader.open(api, task, 1);
        await().until(late::closed);
        assertThat(late.closeCode()).isEqualTo(1000);
        assertThat(late.seqs()).containsExactly(2L, 3L);
    }

    /** More than the socket's buffers on both sides can hold. */
    private static final int UNREAD_EVENTS = 150;

    @Test
    void aClientThatDoesNotReadIsCutOffAndNobodyElseNotices() {
        TaskId task = newTask();
        String text = "x".repeat(100_000);
        for (int i = 0; i < UNREAD_EVENTS; i++) {
            append(task, "big" + i, new TaskEvent.ToolOutput(0, i, text));
        }
        StreamReader silent = StreamReader.openWithoutReading(api, task);
        StreamReader reading = StreamReader.open(api, task, 0);

        await().atMost(Duration.ofSeconds(60)).until(() -> reading.seqs().size() == UNREAD_EVENTS + 1);
        append(task, "complete", new TaskEvent.Completed("done"));
        await().until(reading::closed);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> api.bean(Followers.class).open() == 0);
        assertThat(silent.seqs()).isEmpty();
    }

    @Test
    void theEnvelopeIsTheOneOfTheList() {
        TaskId task = newTask();
        append(task, "complete", new TaskEvent.Completed("done"));
        StreamReader reader = StreamReader.open(api, task, 0);

        await().until(reader::closed);
        assertThat(reader.events())
                .isEqualTo(api.get("/v1/tasks/%s/events".formatted(task))
                        .body()
                        .path("data")
                        .valueStream()
                        .toList());
    }

    @Test
    void aBrowserMaySendItsKeyAsSubprotocol() {
        TaskId task = newTask();
        append(task, "complete", new TaskEvent.Completed("done"));
        StreamReader reader = new StreamReader();

        var socket = api.client()
                .newWebSocketBuilder()
                .subprotocols("bearer." + TestApi.KEY)
                .buildAsync(api.webSocketUri("/tasks/%s/stream".formatted(task)), reader)
                .join();

        await().until(reader::closed);
        assertThat(socket.getSubprotocol()).isEqualTo("bearer." + TestApi.KEY);
        assertThat(reader.seqs()).containsExactly(1L, 2L);
    }

    @Test
    void whatCannotBeStreamedIsToldBeforeTheUpgrade() {
        TaskId task = newTask();
        String address = "/v1/tasks/%s/stream".formatted(task);

        assertThat(refusal("/v1/tasks/task-00000000-0000-7000-8000-000000000000/stream", TestApi.KEY))
                .isEqualTo(404);
        assertThat(refusal(address + "?after=x", TestApi.KEY)).isEqualTo(400);
        assertThat(refusal(address, "wrong")).isEqualTo(401);
        assertThat(api.get(address).status()).isEqualTo(426);
        ApiIT.assertProblem(api.get(address), "upgrade_required");
    }

    @Test
    void aPageOfAnotherOriginIsRefused() {
        String address = "/v1/tasks/%s/stream".formatted(newTask());

        assertThat(refusal(address, TestApi.KEY, "Origin", "https://evil.example"))
                .isEqualTo(403);
    }

    private static int refusal(String address, String key, String... header) {
        WebSocket.Builder socket = api.client().newWebSocketBuilder().header("Authorization", "Bearer " + key);
        if (header.length > 0) {
            socket.header(header[0], header[1]);
        }
        try {
            socket.buildAsync(api.webSocketUri(address), new StreamReader()).join();
            return 101;
        } catch (CompletionException e) {
            return requireNonNull((WebSocketHandshakeException) e.getCause())
                    .getResponse()
                    .statusCode();
        }
    }

    private static TaskId newTask() {
        return new TaskId(
                api.post("/v1/tasks", "{\"goal\":\"stream\"}").body().path("id").stringValue());
    }

    private static void append(TaskId id, String key, TaskEvent event) {
        api.bean(EventLog.class).append(id, TRACE, List.of(new PendingEvent(key, Instant.now(), null, null, event)));
    }
}
