package dev.titan.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.api.TestApi.Answer;
import dev.titan.contracts.artifact.Artifact;
import dev.titan.contracts.artifact.ArtifactKind;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.network.EgressLimits;
import dev.titan.contracts.network.HostPattern;
import dev.titan.contracts.network.NetworkPolicy;
import dev.titan.contracts.plan.Plan;
import dev.titan.contracts.plan.Step;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.task.SuccessCriterion;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskLimits;
import dev.titan.contracts.task.TaskRequest;
import dev.titan.store.artifact.ArtifactRepository;
import dev.titan.store.event.EventLog;
import dev.titan.store.plan.PlanRepository;
import dev.titan.store.task.TaskRepository;
import dev.titan.store.task.TaskRow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Tag("postgres")
class ApiIT {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static TestApi api;

    @BeforeAll
    static void start() {
        api = TestApi.start(Map.of());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @BeforeEach
    void temporalIsUp() {
        api.bean(TestTemporal.class).up(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tasks", "/v1/tasks"})
    void theQuickStartIsAcceptedAndStored(String path) {
        Answer answer = api.post(path, "{\"goal\":\"Create a Node.js Hello World app and test it\",\"context\":{}}");

        assertThat(answer.status()).isEqualTo(202);
        String id = answer.body().path("taskId").stringValue();
        assertThat(answer.body().path("id").stringValue()).isEqualTo(id);
        assertThat(answer.body().path("status").stringValue()).isEqualTo("queued");
        assertThat(answer.header("Location")).isEqualTo("/v1/tasks/" + id);

        Answer task = api.get(path + "/" + id);
        assertThat(task.status()).isEqualTo(200);
        assertThat(task.body().path("goal").stringValue()).isEqualTo("Create a Node.js Hello World app and test it");
        assertThat(task.body().path("events").size()).isEqualTo(1);
        assertThat(task.body().path("events").get(0).path("type").stringValue()).isEqualTo("task_queued");
        assertThat(task.body().path("artifacts").isEmpty()).isTrue();
        assertThat(task.body().path("budget").path("max_steps").intValue()).isEqualTo(50);
        assertThat(task.body().path("usage").path("model_calls").intValue()).isZero();
    }

    @Test
    void everyFieldReachesTheStore() {
        Answer answer = api.post("/v1/tasks", """
                {"goal": "g", "context": {"files": {"src/a.py": "print(1)"}, "setup": "pip list", "depth": 3},
                 "model": "openai/gpt-4o", "tools": ["shell", "file_read"],
                 "budget": {"max_steps": 7, "max_corrections": 0, "max_usd": null},
                 "success_criteria": ["it works", {"says": "tests pass", "command": "pytest"}, {"command": "true"},
                                      {"says": "it is short"}],
                 "network_policy": "isolated", "webhook": null, "metadata": {"team": "blue"}}
                """, "traceparent", "00-%s-00f067aa0ba902b7-01".formatted(TRACE));

        TaskRow row = row(id(answer));
        assertThat(row.request())
                .isEqualTo(new TaskRequest(
                        "g",
                        Map.of("src/a.py", "print(1)"),
                        "pip list",
                        Map.of("depth", 3),
                        "openai/gpt-4o",
                        List.of("shell", "file_read"),
                        new TaskLimits(7, 0),
                        List.of(
                                new SuccessCriterion.Words("it works"),
                                new SuccessCriterion.Check("tests pass", "pytest"),
                                new SuccessCriterion.Check("true", "true"),
                                new SuccessCriterion.Words("it is short")),
                        Map.of("team", "blue"),
                        new NetworkPolicy.Isolated(),
                        null));
        assertThat(row.traceId()).isEqualTo(TRACE);
        assertThat(answer.body().path("trace_id").stringValue()).isEqualTo(TRACE);
        assertThat(answer.header("traceparent")).startsWith("00-" + TRACE);
    }

    @Test
    void aNetworkPolicyIsKeptAndShown() {
        Answer answer = api.post("/v1/tasks", """
                {"goal": "g", "network_policy": {"hosts": ["PyPI.org", "*.pythonhosted.org:8443"],
                                                 "limits": {"max_bytes_down": 1000}}}
                """);

        assertThat(row(id(answer)).request().networkPolicy())
                .isEqualTo(new NetworkPolicy.Restricted(
                        List.of(HostPattern.parse("pypi.org"), HostPattern.parse("*.pythonhosted.org:8443")),
                        List.of(80, 443),
                        new EgressLimits(EgressLimits.DEFAULT_MAX_BYTES_UP, 1000, 64, 60)));
        assertThat(api.get("/v1/tasks/" + id(answer)).body().path("network_policy"))
                .isEqualTo(TitanJson.mapper().readTree("""
                        {"type":"restricted","hosts":["pypi.org","*.pythonhosted.org:8443"],"ports":[80,443],
                         "limits":{"max_bytes_up":67108864,"max_bytes_down":1000,"max_connections":64,
                                   "max_idle_seconds":60}}"""));
        Answer open = api.post("/v1/tasks", "{\"goal\": \"g\", \"network_policy\": \"proxy_only\"}");
        assertThat(row(id(open)).request().networkPolicy())
                .isEqualTo(new NetworkPolicy.ProxyOnly(NetworkPolicy.WEB_PORTS, EgressLimits.DEFAULT));
    }

    @Test
    void aTaskShowsHowItIsConducted() {
        Answer plain = api.post("/v1/tasks", "{\"goal\": \"g\"}");
        Answer careful = api.post("/v1/tasks", """
                {"goal": "g", "autonomy": "ask_risky", "approval_wait_seconds": 60, "review": "off",
                 "unknown_outcome": "ask_person"}
                """);

        assertThat(terms(plain)).containsExactly("auto", "604800", "every_step", "tell_model");
        assertThat(terms(careful)).containsExactly("ask_risky", "60", "off", "ask_person");
    }

    private List<String> terms(Answer accepted) {
        JsonNode task = api.get("/v1/tasks/" + id(accepted)).body();
        return Stream.of("autonomy", "approval_wait_seconds", "review", "unknown_outcome")
                .map(field -> task.path(field).asString())
                .toList();
    }

    @Test
    void aTaskShowsItsPlanItsEventsAndItsArtifacts() {
        TaskId id = id(api.post("/v1/tasks", "{\"goal\":\"show\"}"));
        var step = new Step(
                new StepId("s1"), "do it", List.of(), null, null, List.of(), null, StepStatus.PENDING, null, null);
        Plan plan = new Plan(1, "because", List.of(step));
        api.bean(PlanRepository.class).save(id, plan);
        append(id, "started", new TaskEvent.TaskStarted());
        append(id, "plan", new TaskEvent.PlanGenerated(plan));
        append(id, "step", new TaskEvent.StepStarted(1));
        Artifact artifact = api.bean(ArtifactRepository.class)
                .save(
                        id,
                        ArtifactKind.FILE,
                        "out/ü \"x\".html",
                        "text/html",
                        "<b>hi</b>".getBytes(StandardCharsets.UTF_8));
        append(id, "complete", new TaskEvent.Completed("42"));

        JsonNode task = api.get("/v1/tasks/" + id).body();
        assertThat(task.path("status").stringValue()).isEqualTo("succeeded");
        assertThat(task.path("message").stringValue()).isEqualTo("42");
        JsonNode shown = task.path("plan").path("steps").get(0);
        assertThat(shown.path("status").stringValue()).isEqualTo("skipped");
        assertThat(shown.path("reason").stringValue()).isEqualTo("The task succeeded without it.");
        assertThat(task.path("last_seq").intValue()).isEqualTo(5);
        assertThat(task.path("artifacts").get(0).path("media_type").stringValue())
                .isEqualTo("text/html");

        JsonNode list = api.get("/tasks/%s/artifacts".formatted(id)).body();
        assertThat(list.path("data").get(0).path("id").stringValue())
                .isEqualTo(artifact.id().value());
        Answer content = api.get("/v1/tasks/%s/artifacts/%s".formatted(id, artifact.id()));
        assertThat(content.text()).isEqualTo("<b>hi</b>");
        assertThat(content.header("Content-Type")).isEqualTo("text/html");
        assertThat(content.header("Content-Length")).isEqualTo("9");
        assertThat(content.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(content.header("Content-Disposition"))
                .startsWith("attachment")
                .doesNotContain("out/");
    }

    @Test
    void eventsComeInPages() {
        TaskId id = id(api.post("/v1/tasks", "{\"goal\":\"page\"}"));
        IntStream.range(0, 5).forEach(i -> append(id, "k" + i, new TaskEvent.ToolOutput(0, i, "x")));

        JsonNode first = api.get("/v1/tasks/%s/events?limit=4".formatted(id)).body();
        JsonNode second =
                api.get("/tasks/%s/events?after=4&limit=4".formatted(id)).body();

        assertThat(first.path("data").size()).isEqualTo(4);
        assertThat(first.path("next_after").intValue()).isEqualTo(4);
        assertThat(first.path("has_more").booleanValue()).isTrue();
        assertThat(second.path("data").get(0).path("seq").intValue()).isEqualTo(5);
        assertThat(second.path("has_more").booleanValue()).isFalse();
        assertThat(second.path("next_after").intValue()).isEqualTo(6);
    }

    @Test
    void tasksComeInPages() {
        IntStream.range(0, 3).forEach(i -> api.post("/v1/tasks", "{\"goal\":\"list %d\"}".formatted(i)));

        JsonNode first = api.get("/v1/tasks?limit=2&status=queued").body();
        JsonNode second = api.get(
                        "/tasks?limit=2&cursor=" + first.path("next_cursor").stringValue())
                .body();

        assertThat(first.path("data").size()).isEqualTo(2);
        assertThat(first.path("has_more").booleanValue()).isTrue();
        assertThat(second.path("data").get(0).path("id").stringValue())
                .isLessThan(first.path("next_cursor").stringValue());
    }

    @Test
    void theSameIdempotencyKeyIsTheSameAnswerOrAConflict() {
        Answer first = api.post("/v1/tasks", "{\"goal\":\"once\",\"context\":{\"a\":1}}", "Idempotency-Key", "k-1");
        Answer again = api.post("/v1/tasks", "{ \"context\":{\"a\":1}, \"goal\":\"once\"}", "Idempotency-Key", "k-1");
        Answer other = api.post("/v1/tasks", "{\"goal\":\"twice\"}", "Idempotency-Key", "k-1");

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(other.status()).isEqualTo(409);
        assertProblem(other, "idempotency_conflict", "Idempotency-Key");
    }

    @Test
    void aTaskNobodyTriedToStartIsCancelledAtOnceEvenWithoutTemporal() {
        api.bean(TestTemporal.class).up(false);
        TaskId id = id(api.post("/v1/tasks", "{\"goal\":\"cancel me\"}"));

        Answer cancelled = api.delete("/tasks/" + id);
        Answer again = api.post("/v1/tasks/%s/cancel".formatted(id), "");

        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.body().path("status").stringValue()).isEqualTo("cancelled");
        assertThat(cancelled.body().path("reason").stringValue()).isEqualTo("user");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body().path("detail").stringValue()).contains("ended already");
    }

    @Test
    void aRunningTaskIsCancelledThroughTemporal() {
        TaskId id = id(api.post("/v1/tasks", "{\"goal\":\"cancel me\"}"));
        api.bean(TaskRepository.class).started(id);
        TestTemporal temporal = api.bean(TestTemporal.class);

        temporal.up(false);
        Answer down = api.delete("/v1/tasks/" + id);
        assertThat(down.status()).isEqualTo(503);
        assertThat(down.header("Retry-After")).isNotEmpty();
        assertProblem(down, "temporal_unavailable");

        temporal.up(true);
        Answer accepted = api.delete("/v1/tasks/" + id);
        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.body().path("cancel_requested").booleanValue()).isTrue();
        assertThat(temporal.cancelled()).contains(id);
    }

    @Test
    void aTaskOfUncertainStartIsCancelledSoonerOrLater() {
        TaskId id = id(api.post("/v1/tasks", "{\"goal\":\"cancel me\"}"));
        api.bean(TaskRepository.class).unstarted(1_000);
        api.bean(TestTemporal.class).up(false);

        assertThat(api.delete("/v1/tasks/" + id).status()).isEqualTo(202);
        assertThat(row(id).cancelRequested()).isTrue();
    }

    @Test
    void readinessSaysWhatIsMissing() {
        assertThat(api.get("/health").body().path("status").stringValue()).isEqualTo("alive");
        assertThat(api.get("/ready").status()).isEqualTo(200);

        api.bean(TestTemporal.class).up(false);
        Answer ready = api.get("/ready");

        assertThat(ready.status()).isEqualTo(503);
        assertThat(ready.body()
                        .path("components")
                        .path("temporal")
                        .path("state")
                        .stringValue())
                .isEqualTo("down");
        assertThat(ready.body()
                        .path("components")
                        .path("database")
                        .path("state")
                        .stringValue())
                .isEqualTo("up");
        assertThat(api.post("/v1/tasks", "{\"goal\":\"accepted all the same\"}").status())
                .isEqualTo(202);
    }

    @Test
    void metricsAreThereForPrometheus() {
        assertThat(api.get("/metrics").text()).contains("jvm_memory_used_bytes");
        assertThat(api.get("/env").status()).isEqualTo(404);
    }

    static void assertProblem(Answer answer, String type, String... fields) {
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.body().path("type").stringValue()).isEqualTo("urn:titan:problem:" + type);
        assertThat(answer.body().path("status").intValue()).isEqualTo(answer.status());
        assertThat(answer.body().path("trace_id").stringValue()).matches("[0-9a-f]{32}");
        assertThat(answer.body().path("detail").stringValue()).isNotBlank();
        assertThat(answer.body()
                        .path("errors")
                        .valueStream()
                        .map(error -> error.path("field").stringValue()))
                .containsExactlyInAnyOrder(fields);
        assertThat(answer.text()).doesNotContain("dev.titan", "Exception", "tools.jackson");
    }

    private static TaskId id(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return new TaskId(answer.body().path("id").stringValue());
    }

    private static TaskRow row(TaskId id) {
        return api.bean(TaskRepository.class).find(id).orElseThrow();
    }

    private static void append(TaskId id, String key, TaskEvent event) {
        api.bean(EventLog.class)
                .append(id, TRACE, List.of(new PendingEvent(key, Instant.now(), new StepId("s1"), 1, event)));
    }
}
