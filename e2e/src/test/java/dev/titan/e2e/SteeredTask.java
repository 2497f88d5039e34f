package dev.titan.e2e;

import static org.awaitility.Awaitility.await;

import dev.titan.testing.system.TitanClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;

/**
 * A task in one of the states of {@code steering-table.csv}, of which things are asked in the words of that table.
 *
 * @param state what it is
 * @param goal by which its model knows it
 * @param task the task
 */
record SteeredTask(String state, String goal, RunningTask task) {

    static final String QUEUED = "queued";
    static final String PLANNING = "planning";
    static final String MODEL_CALL = "in a model call";
    static final String TOOL = "in a tool";
    static final String APPROVAL = "waiting for approval";
    static final String ANSWER = "waiting for an answer";
    static final String PAUSED = "paused by its user";
    static final String PAUSED_WAITING = "paused while waiting for approval";
    static final String OUT_OF_BUDGET = "out of budget";
    static final String SUCCEEDED = "succeeded";
    static final String FAILED = "failed";
    static final String CANCELLED = "cancelled";

    /** What is told when something is to be told. */
    static final String MESSAGE = "That.";

    private static final Set<String> ASKS_BEFORE_CALLS = Set.of(APPROVAL, PAUSED_WAITING, HandOver.ASKED);

    /** Enough for the task, so that a budget can be raised and lowered. */
    private static final int MODEL_CALLS = 50;

    /** Goal reading, plan and the first turn. */
    private static final int MODEL_CALLS_TO_THE_FIRST_RESULT = 3;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int UNAVAILABLE = 503;

    /** Brings a task into a state. */
    static SteeredTask reach(TitanClient client, String state, String goal) {
        RunningTask task = new RunningTask(client, client.submit(request(state, goal)));
        SteeredTask steered = new SteeredTask(state, goal, task);
        switch (state) {
            case QUEUED -> {}
            case PLANNING -> task.awaitEvent("usage_recorded");
            case MODEL_CALL, HandOver.BUSY -> task.awaitEvent("step_started");
            case TOOL -> task.awaitEvent("tool_called");
            case APPROVAL, ANSWER, HandOver.ASKED -> steered.becomes("waiting");
            case PAUSED -> {
                steered.becomes("waiting");
                steered.ask("pause");
                steered.ask("message");
                steered.becomes("paused");
            }
            case PAUSED_WAITING -> {
                steered.becomes("waiting");
                steered.ask("pause");
                steered.becomes("paused");
            }
            case OUT_OF_BUDGET -> steered.becomes("paused");
            case SUCCEEDED, FAILED -> steered.becomes(state);
            case CANCELLED -> {
                steered.ask("cancel");
                steered.becomes(state);
            }
            default -> throw new IllegalArgumentException("no state " + state);
        }
        return steered;
    }

    private static Map<String, Object> request(String state, String goal) {
        Map<String, Object> request = new HashMap<>(Map.of("goal", goal));
        request.put("autonomy", ASKS_BEFORE_CALLS.contains(state) ? "ask_all" : "auto");
        request.put(
                "budget",
                switch (state) {
                    case OUT_OF_BUDGET -> Map.of("max_model_calls", MODEL_CALLS_TO_THE_FIRST_RESULT);
                    case FAILED -> Map.of("max_steps", 1);
                    default -> Map.of("max_model_calls", MODEL_CALLS);
                });
        return request;
    }

    /** Asks and returns the answer's status. */
    int ask(String verb) {
        return switch (verb) {
            case "message" -> post("messages", "{\"text\":\"%s\"}".formatted(MESSAGE));
            case "pause", "resume" -> post(verb, "");
            case "raise" -> post("budget", "{\"max_model_calls\":%d}".formatted(MODEL_CALLS + 1));
            case "lower" -> post("budget", "{\"max_model_calls\":1}");
            case "approve" -> decide("{\"decision\":\"approve\"}");
            case "approve another call" ->
                decide("{\"decision\":\"approve\",\"arguments_hash\":\"%s\"}".formatted("0".repeat(64)));
            case "cancel" ->
                task.client().send("DELETE", "/v1/tasks/" + task.id(), "").status();
            default -> throw new IllegalArgumentException("no verb " + verb);
        };
    }

    private int post(String route, String body) {
        return send("/v1/tasks/%s/%s".formatted(task.id(), route), body);
    }

    /** Decides the approval the task waits for, or one that nobody has asked for. */
    private int decide(String decision) {
        String id = task.pendingApproval()
                .map(approval -> approval.path("id").asString())
                .orElse("apr-000000000000000000000000");
        return send("/v1/approvals/" + id, decision);
    }

    /** As a client does: what a busy worker did not answer in time is repeated under the same key. */
    private int send(String path, String body) {
        Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        while (true) {
            int status = task.client().send("POST", path, body, key).status();
            if (status != UNAVAILABLE || status().equals(QUEUED)) {
                return status;
            }
        }
    }

    /** Waits until the task has that status, and returns it. */
    String becomes(String status) {
        try {
            return await().atMost(PATIENCE).pollInterval(LOOK).until(this::status, status::equals);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("%s never %s: %s".formatted(goal, status, task.story()), e);
        }
    }

    private String status() {
        JsonNode shown = task.client().task(task.id());
        return shown.path("status").asString();
    }
}
