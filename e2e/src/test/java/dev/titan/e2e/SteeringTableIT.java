package dev.titan.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.titan.contracts.task.Lanes;
import dev.titan.testing.model.AskedRole;
import dev.titan.testing.model.ScriptedReply.Call;
import dev.titan.testing.model.TranscriptScript;
import dev.titan.testing.system.TestHome;
import dev.titan.testing.system.TestPorts;
import dev.titan.testing.system.TitanClient;
import dev.titan.testing.system.TitanProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Everything that can be asked of a task, in everything a task can be: {@code steering-table.csv}. */
@Tag("temporal")
@Tag("postgres")
@Tag("bubblewrap")
@Tag("model")
class SteeringTableIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final String QUEUED = "queued";
    private static final String PLANNING = "planning";
    private static final String MODEL_CALL = "in a model call";
    private static final String TOOL = "in a tool";
    private static final String APPROVAL = "waiting for approval";
    private static final String ANSWER = "waiting for an answer";
    private static final String PAUSED = "paused by its user";
    private static final String PAUSED_WAITING = "paused while waiting for approval";
    private static final String OUT_OF_BUDGET = "out of budget";
    private static final String SUCCEEDED = "succeeded";
    private static final String FAILED = "failed";
    private static final String CANCELLED = "cancelled";

    /** Enough for the task, so that a budget can be raised and lowered. */
    private static final int MODEL_CALLS = 50;

    /** Goal reading, plan and the first turn. */
    private static final int MODEL_CALLS_TO_THE_FIRST_RESULT = 3;

    private static final int VERBS_AT_ONCE = 8;
    private static final int UNAVAILABLE = 503;

    /**
     * A line of the table.
     *
     * @param state what the task is
     * @param verb what is asked of it
     * @param status of the answer
     * @param then the status of the task that follows
     */
    private record Case(String state, String verb, int status, String then) {

        static Case of(String line) {
            String[] cells = line.split(",", -1);
            return new Case(cells[0].strip(), cells[1].strip(), Integer.parseInt(cells[2].strip()), cells[3].strip());
        }
    }

    @ParameterizedTest
    @EnumSource(Lanes.class)
    void answersEveryCommandInEveryState(Lanes lanes) throws Exception {
        CountDownLatch letGo = new CountDownLatch(1);
        InsideCommand inside = InsideCommand.create();
        Call wait = new Call("shell", Map.of("command", "while %s; do sleep 0.2; done".formatted(inside.isHeld())));
        Call echo = new Call("shell", Map.of("command", "echo done"));
        try (TitanSystem titan = TitanSystem.start(
                SandboxKind.LOCAL,
                Map.of("TITAN_LANES", lanes.wire()),
                new HeldModel(PLANNING, AskedRole.PLANNER, letGo),
                new HeldModel(MODEL_CALL, AskedRole.EXECUTOR, letGo),
                calls(TOOL, wait),
                calls(APPROVAL, echo),
                calls(ANSWER, new Call("ask_user", Map.of("question", "What?"))),
                calls(PAUSED, new Call("ask_user", Map.of("question", "What?"))),
                calls(PAUSED_WAITING, echo),
                calls(OUT_OF_BUDGET, echo),
                calls(SUCCEEDED, echo),
                calls(FAILED, echo, echo),
                calls(CANCELLED, wait))) {
            try {
                check(titan.client(), cases(state -> !state.equals(QUEUED)));
            } finally {
                letGo.countDown();
            }
        }
    }

    /** Nobody works: what has to be taken by a loop is not, and what needs none is. */
    @Test
    void answersEveryCommandBeforeTheTaskBegins() throws Exception {
        try (TestHome home = TestHome.create();
                TitanProcess api = TitanProcess.start(
                        home.path(),
                        TestPorts.free(),
                        Map.of("LLM_MODEL", "openai/none", "LLM_API_KEY", "none"),
                        List.of("--roles", "api"))) {
            api.awaitReady();
            check(api.client(), cases(QUEUED::equals));
        }
    }

    private static void check(TitanClient client, List<Case> cases) throws Exception {
        assertThat(cases).isNotEmpty();
        SoftAssertions softly = new SoftAssertions();
        try (ExecutorService users = Executors.newFixedThreadPool(VERBS_AT_ONCE)) {
            Map<Case, Future<String>> seen = new LinkedHashMap<>();
            cases.forEach(one -> seen.put(one, users.submit(() -> play(client, one))));
            for (Map.Entry<Case, Future<String>> answered : seen.entrySet()) {
                Case one = answered.getKey();
                softly.assertThat(answered.getValue().get())
                        .as("%s: %s", one.state(), one.verb())
                        .isEqualTo("%d %s".formatted(one.status(), one.then()));
            }
        }
        softly.assertAll();
    }

    /** Brings a task into the state, asks, and returns the answer's status and what the task is then. */
    private static String play(TitanClient client, Case one) {
        RunningTask task = reach(client, one.state());
        int status = ask(task, one.verb());
        awaitStatus(task, one.then());
        String then = statusOf(task);
        client.send("DELETE", "/v1/tasks/" + task.id(), "");
        return "%d %s".formatted(status, then);
    }

    private static RunningTask reach(TitanClient client, String state) {
        RunningTask task = new RunningTask(client, client.submit(request(state)));
        switch (state) {
            case QUEUED -> {}
            case PLANNING -> task.awaitEvent("usage_recorded");
            case MODEL_CALL -> task.awaitEvent("step_started");
            case TOOL -> task.awaitEvent("tool_called");
            case APPROVAL, ANSWER -> awaitStatus(task, "waiting");
            case PAUSED -> {
                awaitStatus(task, "waiting");
                post(task, "pause", "");
                post(task, "messages", "{\"text\":\"That.\"}");
                awaitStatus(task, "paused");
            }
            case PAUSED_WAITING -> {
                awaitStatus(task, "waiting");
                post(task, "pause", "");
                awaitStatus(task, "paused");
            }
            case OUT_OF_BUDGET -> awaitStatus(task, "paused");
            case SUCCEEDED, FAILED -> awaitStatus(task, state);
            case CANCELLED -> {
                client.send("DELETE", "/v1/tasks/" + task.id(), "");
                awaitStatus(task, state);
            }
            default -> throw new IllegalArgumentException("no state " + state);
        }
        return task;
    }

    private static Map<String, Object> request(String state) {
        Map<String, Object> request = new HashMap<>(Map.of("goal", state));
        request.put("autonomy", Set.of(APPROVAL, PAUSED_WAITING).contains(state) ? "ask_all" : "auto");
        request.put(
                "budget",
                switch (state) {
                    case OUT_OF_BUDGET -> Map.of("max_model_calls", MODEL_CALLS_TO_THE_FIRST_RESULT);
                    case FAILED -> Map.of("max_steps", 1);
                    default -> Map.of("max_model_calls", MODEL_CALLS);
                });
        return request;
    }

    private static int ask(RunningTask task, String verb) {
        return switch (verb) {
            case "message" -> post(task, "messages", "{\"text\":\"That.\"}");
            case "pause", "resume" -> post(task, verb, "");
            case "raise" -> post(task, "budget", "{\"max_model_calls\":%d}".formatted(MODEL_CALLS + 1));
            case "lower" -> post(task, "budget", "{\"max_model_calls\":1}");
            case "approve" -> decide(task, "{\"decision\":\"approve\"}");
            case "approve another call" ->
                decide(task, "{\"decision\":\"approve\",\"arguments_hash\":\"%s\"}".formatted("0".repeat(64)));
            case "cancel" ->
                task.client().send("DELETE", "/v1/tasks/" + task.id(), "").status();
            default -> throw new IllegalArgumentException("no verb " + verb);
        };
    }

    /** As a client does: what a busy worker did not answer in time is repeated under the same key. */
    private static int post(RunningTask task, String route, String body) {
        Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        String path = "/v1/tasks/%s/%s".formatted(task.id(), route);
        while (true) {
            int status = task.client().send("POST", path, body, key).status();
            if (status != UNAVAILABLE || statusOf(task).equals(QUEUED)) {
                return status;
            }
        }
    }

    /** Decides the approval the task waits for, or one that nobody has asked for. */
    private static int decide(RunningTask task, String decision) {
        JsonNode pending =
                task.client().send("GET", "/v1/approvals?status=pending", "").json();
        String id = pending.path("data")
                .valueStream()
                .filter(approval -> approval.path("task_id").asString().equals(task.id()))
                .map(approval -> approval.path("id").asString())
                .findFirst()
                .orElse("apr-000000000000000000000000");
        return task.client().send("POST", "/v1/approvals/" + id, decision).status();
    }

    private static void awaitStatus(RunningTask task, String status) {
        try {
            await().atMost(PATIENCE).pollInterval(LOOK).until(() -> statusOf(task), status::equals);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("never %s: %s".formatted(status, task.story()), e);
        }
    }

    private static String statusOf(RunningTask task) {
        return task.client().task(task.id()).path("status").asString();
    }

    private static TranscriptScript calls(String goal, Call... calls) {
        return new TranscriptScript(goal, goal, List.of(calls), "Done.");
    }

    private static List<Case> cases(Predicate<String> states) {
        try (InputStream table =
                requireNonNull(SteeringTableIT.class.getResourceAsStream("/steering-table.csv"), "no table")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Case::of)
                    .filter(one -> states.test(one.state()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
