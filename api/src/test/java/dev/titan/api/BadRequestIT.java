package dev.titan.api;

import static dev.titan.api.ApiIT.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.api.TestApi.Answer;
import dev.titan.api.auth.DevKey;
import dev.titan.store.task.TaskFilter;
import dev.titan.store.task.TaskRepository;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("postgres")
class BadRequestIT {

    private static final String NOBODY = "task-00000000-0000-7000-8000-000000000000";
    private static TestApi api;

    @BeforeAll
    static void start() {
        api = TestApi.start(Map.of());
    }

    @AfterAll
    static void nothingWasStarted() {
        assertThat(api.bean(TaskRepository.class).page(new TaskFilter(DevKey.ORGANISATION, null, null, 1)))
                .isEmpty();
        api.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|goal",
                "{\"goal\":\"  \"}|goal",
                "{\"goal\":null}|goal",
                "{\"goal\":5}|goal",
                "{\"goal\":[\"a\"]}|goal",
                "{\"goal\":true}|goal",
                "{\"goal\":\"g\",\"gaol\":1}|gaol",
                "{\"goal\":\"g\",\"tools\":[\"shell\",\"rm\"]}|tools[1]",
                "{\"goal\":\"g\",\"tools\":\"shell\"}|tools",
                "{\"goal\":\"g\",\"tools\":[1]}|tools[0]",
                "{\"goal\":\"g\",\"tools\":[null]}|tools[0]",
                "{\"goal\":\"g\",\"budget\":{\"max_steps\":\"5\"}}|budget.max_steps",
                "{\"goal\":\"g\",\"budget\":{\"max_steps\":1.5}}|budget.max_steps",
                "{\"goal\":\"g\",\"budget\":{\"max_steps\":99999999999}}|budget.max_steps",
                "{\"goal\":\"g\",\"budget\":{\"max_steps\":0}}|budget.max_steps",
                "{\"goal\":\"g\",\"budget\":{\"max_corrections\":-1}}|budget.max_corrections",
                "{\"goal\":\"g\",\"budget\":{\"max_usd\":0}}|budget.max_usd",
                "{\"goal\":\"g\",\"budget\":{\"steps\":1}}|budget.steps",
                "{\"goal\":\"g\",\"budget\":3}|budget",
                "{\"goal\":\"g\",\"context\":\"c\"}|context",
                "{\"goal\":\"g\",\"context\":{\"files\":[]}}|context.files",
                "{\"goal\":\"g\",\"context\":{\"files\":{\"a\":1}}}|context.files['a']",
                "{\"goal\":\"g\",\"context\":{\"files\":{\"../a\":\"x\"}}}|context.files['../a']",
                "{\"goal\":\"g\",\"context\":{\"files\":{\"/etc/a\":\"x\"}}}|context.files['/etc/a']",
                "{\"goal\":\"g\",\"context\":{\"setup\":1}}|context.setup",
                "{\"goal\":\"g\",\"model\":\"gpt\"}|model",
                "{\"goal\":\"g\",\"success_criteria\":\"works\"}|success_criteria",
                "{\"goal\":\"g\",\"success_criteria\":[\"\"]}|success_criteria[0]",
                "{\"goal\":\"g\",\"success_criteria\":[\"a\",{}]}|success_criteria[1]",
                "{\"goal\":\"g\",\"success_criteria\":[null]}|success_criteria[0]",
                "{\"goal\":\"g\",\"success_criteria\":[3]}|success_criteria[0]",
                "{\"goal\":\"g\",\"success_criteria\":[{\"says\":\"a\",\"comand\":\"b\"}]}|success_criteria[0].comand",
                "{\"goal\":\"g\",\"metadata\":{\"a\":1}}|metadata.a",
                "{\"goal\":\"g\",\"metadata\":{\"a\":null}}|metadata['a']",
                "{\"goal\":\"g\",\"network_policy\":\"open\"}|network_policy",
                "{\"goal\":\"g\",\"network_policy\":3}|network_policy",
                "{\"goal\":\"g\",\"network_policy\":{}}|network_policy",
                "{\"goal\":\"g\",\"network_policy\":{\"type\":\"isolated\",\"ports\":[80]}}|network_policy",
                "{\"goal\":\"g\",\"network_policy\":\"restricted\"}|network_policy.hosts",
                "{\"goal\":\"g\",\"network_policy\":{\"hosts\":[]}}|network_policy.hosts",
                "{\"goal\":\"g\",\"network_policy\":{\"hosts\":[\"a.example\",\"10.0.0.5\"]}}|network_policy.hosts[1]",
                "{\"goal\":\"g\",\"network_policy\":{\"hosts\":[\"db.internal\"]}}|network_policy.hosts[0]",
                "{\"goal\":\"g\",\"network_policy\":{\"hosts\":[null]}}|network_policy.hosts[0]",
                "{\"goal\":\"g\",\"network_policy\":{\"type\":\"proxy_only\",\"hosts\":[\"a.example\"]}}|network_policy.hosts",
                "{\"goal\":\"g\",\"network_policy\":{\"hosts\":[\"a.example\"],\"ports\":[0]}}|network_policy.ports[0]",
                "{\"goal\":\"g\",\"network_policy\":{\"hosts\":[\"a.example\"],\"port\":1}}|network_policy.port",
                "{\"goal\":\"g\",\"network_policy\":{\"type\":\"proxy_only\",\"limits\":{\"max_connections\":0}}}|network_policy.limits.max_connections",
                "{\"goal\":\"g\",\"network_policy\":{\"type\":\"proxy_only\",\"limits\":{\"mb\":0}}}|network_policy.limits.mb",
                "{\"goal\":\"g\",\"autonomy\":\"full\"}|autonomy",
                "{\"goal\":\"g\",\"unknown_outcome\":\"guess\"}|unknown_outcome",
                "{\"goal\":\"g\",\"sandbox\":{}}|sandbox",
                "{\"goal\":\"g\",\"webhook\":\"https://example.org\"}|webhook",
                "{\"goal\":\"g\",\"secrets\":{}}|secrets",
                "[]|body",
                "7|body",
                "``|body",
            })
    void theWrongFieldIsNamed(String body, String field) {
        Answer answer = api.post("/v1/tasks", body);

        assertThat(answer.status()).isEqualTo(400);
        assertProblem(answer, "invalid_request", field);
    }

    @Test
    void everyWrongFieldIsNamedAtOnce() {
        Answer answer = api.post(
                "/v1/tasks", "{\"gaol\":\"g\",\"webhook\":\"w\",\"model\":\"m\",\"budget\":{\"max_steps\":0}}");

        assertProblem(answer, "invalid_request", "gaol", "webhook", "model", "goal", "budget.max_steps");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"goal\": \"g\",|line 1, column 14",
                "{\"goal\" \"g\"}|line 1, column",
                "{\"goal\":\"g\"} x|line 1, column",
                "{\"goal\":\"a\",\"goal\":\"b\"}|Duplicate",
                "not json|line 1, column",
            })
    void malformedJsonIsToldWithItsPosition(String body, String where) {
        Answer answer = api.post("/v1/tasks", body);

        assertThat(answer.status()).isEqualTo(400);
        assertProblem(answer, "malformed_json", "body");
        assertThat(answer.body().path("detail").stringValue()).contains(where);
    }

    @Test
    void deepNestingIsRefused() {
        Answer answer = api.post("/v1/tasks", "{\"goal\":\"g\",\"context\":" + "{\"a\":".repeat(50_000));

        assertThat(answer.status()).isEqualTo(400);
        assertProblem(answer, "malformed_json", "body");
    }

    @Test
    void aGoalAboveItsLimitIsNamedAndABodyAboveItsLimitSaysSo() {
        Answer longGoal = api.post("/v1/tasks", "{\"goal\":\"%s\"}".formatted("g".repeat(100_001)));
        assertThat(longGoal.status()).isEqualTo(400);
        assertProblem(longGoal, "invalid_request", "goal");

        for (int megabytes : new int[] {2, 12}) {
            Answer tooLarge = api.post("/v1/tasks", "{\"goal\":\"%s\"}".formatted("g".repeat(megabytes << 20)));
            assertThat(tooLarge.status()).isEqualTo(413);
            assertProblem(tooLarge, "body_too_large", "body");
            assertThat(tooLarge.body().path("detail").stringValue()).contains("'goal'", "1,048,576");
        }
    }

    @Test
    void withoutAKeyOrWithAWrongOneNothingIsTold() {
        for (String path : new String[] {"/v1/tasks", "/tasks/" + NOBODY, "/metrics", "/nowhere"}) {
            Answer none = api.send(HttpRequest.newBuilder(api.uri(path)).GET());
            assertThat(none.status()).isEqualTo(401);
            assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertProblem(none, "unauthorized");
        }
        for (String key : new String[] {"Bearer wrong", "Bearer titan_00", "Basic dev-key-123", "Bearer", ""}) {
            Answer wrong = api.send(HttpRequest.newBuilder(api.uri("/v1/tasks"))
                    .header("Authorization", key)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"goal\":\"g\"}")));
            assertThat(wrong.status()).isEqualTo(401);
            assertProblem(wrong, "unauthorized");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/tasks/" + NOBODY,
                "/tasks/not-an-id",
                "/v1/tasks/" + NOBODY + "/events",
                "/v1/tasks/" + NOBODY + "/artifacts",
                "/v1/tasks/" + NOBODY + "/artifacts/art-1",
                "/v1/nowhere",
            })
    void whatIsNotThereIsNotFound(String path) {
        Answer answer = api.get(path);

        assertThat(answer.status()).isEqualTo(404);
        assertProblem(answer, "not_found");
        assertThat(api.delete("/v1/tasks/" + NOBODY).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/tasks?limit=0,limit",
        "/v1/tasks?limit=many,limit",
        "/v1/tasks?status=done,status",
        "/v1/tasks?cursor=1,cursor",
        "/v1/tasks/" + NOBODY + "/events?after=-1,after",
        "/v1/tasks/" + NOBODY + "/events?limit=100000,limit",
    })
    void aWrongParameterIsNamed(String path, String parameter) {
        assertProblem(api.get(path), "invalid_request", parameter);
    }

    @Test
    void aWrongMethodAndAWrongFormatAreProblemsToo() {
        Answer method = api.send(api.request("/v1/tasks").PUT(BodyPublishers.ofString("{}")));
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.header("Allow")).contains("POST");
        assertProblem(method, "method_not_allowed");

        Answer format = api.send(
                api.request("/v1/tasks").header("Content-Type", "text/plain").POST(BodyPublishers.ofString("goal")));
        assertThat(format.status()).isEqualTo(415);
        assertProblem(format, "unsupported_media_type");

        Answer accept =
                api.send(api.request("/v1/tasks").header("Accept", "text/html").GET());
        assertThat(accept.status()).isEqualTo(406);
        assertProblem(accept, "not_acceptable");
    }

    @Test
    void aBadIdempotencyKeyIsNamed() {
        assertProblem(
                api.post("/v1/tasks", "{\"goal\":\"g\"}", "Idempotency-Key", "k".repeat(256)),
                "invalid_request",
                "Idempotency-Key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/tasks/%2e%2e/x", "/v1//tasks", "/v1/tasks;a=b", "/v1/tasks/%00"})
    void oddAddressesAreRefusedWithoutTellingAnything(String path) {
        Answer answer = api.get(path);

        assertThat(answer.status()).isBetween(400, 404);
        assertThat(answer.text()).doesNotContain("Exception", "dev.titan", "org.springframework");
    }
}
