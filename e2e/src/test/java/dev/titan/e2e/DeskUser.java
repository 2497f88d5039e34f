package dev.titan.e2e;

import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.tool.EffectId;
import dev.titan.e2e.airline.AirlineDatabase;
import dev.titan.testing.recipe.Recipe;
import dev.titan.testing.system.EventSocket;
import dev.titan.testing.system.TitanClient;
import dev.titan.testing.system.TitanProcess;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * The user of a recording: follows the task as it goes on and answers each of its questions as the recording does, again
 * and again under one key until the answer has been taken, for the worker may be dead. What became of a call the user
 * finds in the airline's ledger.
 */
final class DeskUser implements AutoCloseable {

    /** What the user says of a call that the airline has executed. */
    static final String EXECUTED = "The airline has executed it.";

    private static final String OUTCOME_UNKNOWN = "A crash hides ";
    private static final int LOOK_MS = 20;
    private static final int AGAIN_MS = 200;

    private final TitanClient client;
    private final AirlineDatabase airline;
    private final String task;
    private final Recipe recipe;
    private final EventSocket log;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch left = new CountDownLatch(1);

    private DeskUser(TitanProcess api, TitanClient client, AirlineDatabase airline, String task, Recipe recipe) {
        this.client = client;
        this.airline = airline;
        this.task = task;
        this.recipe = recipe;
        this.log = new EventSocket(api.api(), "dev-key-123", task, 0);
        Thread.ofVirtual().name("user of " + recipe.name()).start(this::run);
    }

    /** Sits down. */
    static DeskUser of(TitanProcess api, TitanClient client, AirlineDatabase airline, String task, Recipe recipe) {
        return new DeskUser(api, client, airline, task, recipe);
    }

    private void run() {
        try {
            int read = 0;
            boolean ended = false;
            while (!ended && !closed.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
                List<JsonNode> events = log.received();
                for (JsonNode event : events.subList(read, events.size())) {
                    switch (event.path("type").asString()) {
                        case "input_requested" ->
                            answer(
                                    event.path("turn").asInt(),
                                    event.path("data").path("question").asString());
                        case "complete", "error" -> ended = true;
                        default -> {}
                    }
                }
                read = events.size();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            log.close();
            left.countDown();
        }
    }

    private void answer(int turn, String question) throws InterruptedException {
        String text = question.startsWith(OUTCOME_UNKNOWN) ? becameOf(turn) : recorded(turn);
        String body = TitanJson.mapper().writeValueAsString(Map.of("text", text));
        while (!taken(body, "turn-" + turn) && !closed.await(AGAIN_MS, TimeUnit.MILLISECONDS)) {
            // A worker that is being started again takes it in a while.
        }
    }

    private String recorded(int turn) {
        return recipe.answer(turn)
                .orElseThrow(
                        () -> new IllegalStateException("%s asks nothing in turn %d".formatted(recipe.name(), turn)));
    }

    private String becameOf(int turn) {
        boolean executed = airline.callers(task).stream()
                .anyMatch(caller -> EffectId.parse(caller).turn() == turn);
        return executed ? EXECUTED : "The airline has not executed it.";
    }

    private boolean taken(String body, String key) {
        try {
            return client.send("POST", "/v1/tasks/%s/messages".formatted(task), body, Map.of("Idempotency-Key", key))
                            .status()
                    == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Returns whether the user has not left. */
    boolean present() {
        return left.getCount() > 0;
    }

    /** Has the user leave, who otherwise stays until the task has ended. */
    @Override
    public void close() {
        closed.countDown();
    }
}
