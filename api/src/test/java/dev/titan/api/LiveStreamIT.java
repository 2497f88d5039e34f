package dev.titan.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.titan.contracts.chat.Role;
import dev.titan.contracts.event.LiveEvent;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.task.TaskId;
import dev.titan.store.event.EventFeed;
import dev.titan.store.event.EventLog;
import dev.titan.store.event.LiveBroadcast;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a model says in passing, between the events of the log, by either protocol. */
@Tag("postgres")
class LiveStreamIT {

    private static final String TRACE = "0".repeat(31) + "1";
    private static final StepId STEP = new StepId("s1");
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
    void wordsComeWhereTheyWereSaidAndNotAfterTheirTurn() {
        TaskId task = newTask();
        StreamReader reader = StreamReader.open(api, task, 0);
        await().until(() -> reader.events().size() == 1);

        say(task, 1, new TaskEvent.ModelDelta(1, 0, "Half"));
        say(task, 1, new TaskEvent.AttemptRestarted(2));
        say(task, 1, new TaskEvent.ModelDelta(2, 0, "The whole."));
        turnEnds(task, 1);
        say(task, 1, new TaskEvent.ModelDelta(2, 10, " Too late."));
        say(task, 2, new TaskEvent.ModelDelta(1, 0, "Next."));
        append(task, 2, "complete", new TaskEvent.Completed("done"));

        await().until(reader::closed);
        assertThat(reader.events().stream().map(LiveStreamIT::shape))
                .containsExactly(
                        "1 task_queued",
                        "- model_delta Half",
                        "- attempt_restarted",
                        "- model_delta The whole.",
                        "2 usage_recorded",
                        "- model_delta Next.",
                        "3 complete");
        JsonNode word = reader.events().get(1);
        assertThat(word.propertyNames())
                .containsExactlyInAnyOrder("task_id", "timestamp", "step_id", "turn", "trace_id", "type", "data");
        assertThat(word.path("step_id").asString()).isEqualTo("s1");
        assertThat(word.path("turn").asInt()).isEqualTo(1);
        assertThat(api.get("/v1/tasks/%s/events".formatted(task)).body().path("data"))
                .as("the list knows nothing of them")
                .hasSize(3);
    }

    @Test
    void aStreamOfTextIsTheSameStream() throws Exception {
        TaskId task = newTask();
        try (Lines lines = open(task, "")) {
            assertThat(lines.next()).isEqualTo("id: 1");
            assertThat(shape(lines.data())).isEqualTo("1 task_queued");

            say(task, 1, new TaskEvent.ModelDelta(1, 0, "Hm."));
            assertThat(shape(lines.data())).as("no id before it").isEqualTo("- model_delta Hm.");

            turnEnds(task, 1);
            append(task, 2, "complete", new TaskEvent.Completed("done"));
            assertThat(lines.rest()).filteredOn(line -> line.startsWith("id: ")).containsExactly("id: 2", "id: 3");
        }
    }

    @Test
    void aStreamOfTextGoesOnAfterTheLastEventSeenAndComesToAnEnd() throws Exception {
        TaskId task = newTask();
        append(task, 1, "a", new TaskEvent.ToolOutput(0, 0, "a"));
        append(task, 1, "complete", new TaskEvent.Completed("done"));

        try (Lines lines = open(task, "?after=1")) {
            assertThat(lines.rest()).filteredOn(line -> line.startsWith("id: ")).containsExactly("id: 2", "id: 3");
        }
        try (Lines lines = open(task, "?after=1", "Last-Event-ID", "2")) {
            assertThat(lines.rest()).filteredOn(line -> line.startsWith("id: ")).containsExactly("id: 3");
        }
        assertThat(response(task, "", "Last-Event-ID", "3").statusCode()).isEqualTo(204);
    }

    @Test
    void whatCannotBeStreamedIsAProblem() throws Exception {
        TaskId task = newTask();
        HttpResponse<Stream<String>> missing = response(new TaskId("task-00000000-0000-7000-8000-000000000000"), "");

        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(response(task, "?after=x").statusCode()).isEqualTo(400);
        assertThat(response(task, "", "Last-Event-ID", "-1").statusCode()).isEqualTo(400);
    }

    /** The lines of a stream without the empty ones. */
    private record Lines(Stream<String> all, Iterator<String> lines) implements AutoCloseable {

        String next() {
            String line = lines.next();
            return line.isEmpty() ? next() : line;
        }

        JsonNode data() {
            String line = next();
            assertThat(line).startsWith("data: ");
            return TitanJson.mapper().readTree(line.substring("data: ".length()));
        }

        List<String> rest() {
            List<String> rest = new ArrayList<>();
            lines.forEachRemaining(rest::add);
            return rest;
        }

        @Override
        public void close() {
            all.close();
        }
    }

    private static Lines open(TaskId task, String query, String... headers) throws Exception {
        HttpResponse<Stream<String>> response = response(task, query, headers);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        return new Lines(response.body(), response.body().iterator());
    }

    private static HttpResponse<Stream<String>> response(TaskId task, String query, String... headers)
            throws IOException, InterruptedException {
        var request = api.request("/v1/tasks/%s/events/stream%s".formatted(task, query))
                .header("Accept", "text/event-stream")
                .timeout(Duration.ofSeconds(30));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return api.client().send(request.GET().build(), BodyHandlers.ofLines());
    }

    private static String shape(JsonNode event) {
        String seq = event.has("seq") ? event.path("seq").asString() : "-";
        String text = event.path("type").asString().equals("model_delta")
                ? " " + event.path("data").path("text").asString()
                : "";
        return "%s %s%s".formatted(seq, event.path("type").asString(), text);
    }

    private static TaskId newTask() {
        return new TaskId(
                api.post("/v1/tasks", "{\"goal\":\"speak\"}").body().path("id").stringValue());
    }

    private static void say(TaskId task, int turn, TaskEvent.Live data) {
        LiveBroadcast broadcast = api.bean(LiveBroadcast.class);
        broadcast.send(new LiveEvent(task, Instant.now(), STEP, turn, TRACE, data));
        broadcast.flush();
    }

    private static void turnEnds(TaskId task, int turn) {
        append(
                task,
                turn,
                "usage/" + turn,
                new TaskEvent.UsageRecorded(Role.EXECUTOR, "m/m", "executor/1", 1, 1, Duration.ZERO));
    }

    private static void append(TaskId task, int turn, String key, TaskEvent event) {
        api.bean(EventLog.class).append(task, TRACE, List.of(new PendingEvent(key, Instant.now(), STEP, turn, event)));
    }
}
