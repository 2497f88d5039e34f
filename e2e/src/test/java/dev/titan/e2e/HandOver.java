package dev.titan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.titan.testing.model.ModelRequest;
import dev.titan.testing.model.ModelScript;
import dev.titan.testing.model.ScriptedReply;
import dev.titan.testing.model.ScriptedReply.Call;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

/**
 * Brings tasks to where a new run is about to take over, which happens once the steps in progress have come to rest: a
 * step is held in the middle of a model call until the test lets it go. It is the script of that model, too.
 */
final class HandOver implements ModelScript {

    /** The task has one step, and that is held. */
    static final String BUSY = "continuing as new";

    /** A step beside the one that is held waits for a person. */
    static final String ASKED = "continuing as new while waiting for approval";

    /** What the server has to be told for it, with its key below: the other tasks of the table have fewer events. */
    static final int EVENTS = 120;

    static final String SETTING = "limit.historyCount.suggestContinueAsNew";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern MESSAGE_FOUND = Pattern.compile(SteeredTask.MESSAGE, Pattern.LITERAL);
    private static final String TOLD = "I was told %d times.";
    private static final int OK = 200;
    private static final Map<String, Object> COMMAND = Map.of("command", "echo done");

    /** By the goals, of which every task has one of its own. */
    private final Map<String, CountDownLatch> letGo = new ConcurrentHashMap<>();

    static boolean isPartOf(String state) {
        return state.startsWith(BUSY);
    }

    /** Makes the history of a task whose step is held so long that its run has to end. */
    void approach(SteeredTask steered, TemporalUi temporal) {
        RunningTask task = steered.task();
        while (temporal.workflow(task.id()).path("historyLength").asInt() < EVENTS) {
            assertThat(task.ask("messages", "{\"text\":\"More.\"}").status()).isEqualTo(OK);
        }
        assertThat(isOver(task, temporal)).as("the next run works").isFalse();
    }

    /** Lets the next run take over. What was taken before holds then, once, and the task comes to its end. */
    void happens(SteeredTask steered, String verb, TemporalUi temporal) {
        RunningTask task = steered.task();
        boolean asked = steered.state().equals(ASKED);
        latch(steered.goal()).countDown();
        if (verb.equals("pause")) {
            if (!asked) {
                awaitOver(
                        steered, temporal); // else the step that was held has ended, and its review waits for the user
            }
            steered.becomes("paused");
            assertThat(steered.ask("resume")).isEqualTo(OK);
        }
        awaitOver(steered, temporal);
        if (asked && !verb.equals("approve")) {
            steered.becomes("waiting");
            assertThat(steered.ask("approve")).isEqualTo(OK);
        }
        task.awaitSuccess();
        assertThat(Map.of(
                        "message", count(task, "message_received", SteeredTask.MESSAGE),
                        "pause", count(task, "paused", ""),
                        "raise", count(task, "budget_raised", ""),
                        "approve", count(task, "approval_decided", ""),
                        "call", count(task, "tool_called", "")))
                .as("%s:%s", steered.goal(), task.story())
                .isEqualTo(Map.of(
                        "message", verb.equals("message") ? 1L : 0L,
                        "pause", verb.equals("pause") ? 1L : 0L,
                        "raise", verb.equals("raise") ? 1L : 0L,
                        "approve", asked ? 1L : 0L,
                        "call", 1L));
        if (verb.equals("message") && !asked) {
            assertThat(task.events("step_completed"))
                    .singleElement()
                    .satisfies(
                            step -> assertThat(step.path("data").path("result").asString())
                                    .isEqualTo(TOLD.formatted(1)));
        }
    }

    private static long count(RunningTask task, String event, String words) {
        return task.events(event).stream()
                .filter(found -> found.path("data").toString().contains(words))
                .count();
    }

    private static void awaitOver(SteeredTask steered, TemporalUi temporal) {
        await(steered.goal()).atMost(PATIENCE).until(() -> isOver(steered.task(), temporal));
    }

    private static boolean isOver(RunningTask task, TemporalUi temporal) {
        var workflow = temporal.workflow(task.id());
        return !workflow.path("execution")
                .path("runId")
                .asString()
                .equals(workflow.path("firstRunId").asString());
    }

    /** Lets everything go that is held. */
    void end() {
        letGo.values().forEach(CountDownLatch::countDown);
    }

    private CountDownLatch latch(String goal) {
        return letGo.computeIfAbsent(goal.strip(), _ -> new CountDownLatch(1));
    }

    @Override
    public String name() {
        return BUSY;
    }

    @Override
    public boolean plays(String goal) {
        return goal.startsWith(BUSY);
    }

    @Override
    public Object plan(ModelRequest request) {
        return isAsked(request)
                ? Map.of(
                        "reasoning",
                        "One step is held, the other one asks.",
                        "steps",
                        List.of(
                                Map.of("id", "held", "description", "Think.", "depends_on", List.of()),
                                Map.of(
                                        "id",
                                        "asks",
                                        "description",
                                        "Call.",
                                        "depends_on",
                                        List.of(),
                                        "tool",
                                        "shell",
                                        "arguments",
                                        COMMAND)))
                : ModelScript.super.plan(request);
    }

    /** The call of the first turn is made by the next run, and so is the second turn. */
    @Override
    public ScriptedReply turn(ModelRequest request) {
        if (request.results().isEmpty()) {
            hold(request);
            if (!isAsked(request)) {
                return new ScriptedReply.Calls("", List.of(new Call("shell", COMMAND)));
            }
        }
        return new ScriptedReply.Words(TOLD.formatted(
                MESSAGE_FOUND.matcher(request.question()).results().count()));
    }

    private void hold(ModelRequest request) {
        try {
            latch(request.goal()).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isAsked(ModelRequest request) {
        return request.goal().startsWith(ASKED);
    }
}
