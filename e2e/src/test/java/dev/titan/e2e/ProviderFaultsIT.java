package dev.titan.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.testing.model.AskedRole;
import dev.titan.testing.model.Fault;
import dev.titan.testing.model.FaultRule;
import dev.titan.testing.model.ModelRequest;
import dev.titan.testing.model.ModelScript;
import dev.titan.testing.model.RecordedRequest;
import dev.titan.testing.model.ScriptedReply;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Every trouble a provider can give, through the whole system: how often and how late it is asked again, as seen at the
 * provider, and how the task ends. The tasks run side by side. Delays are lower bounds: a busy machine may be later.
 */
@Tag("bubblewrap")
@Tag("temporal")
@Tag("postgres")
@Tag("model")
class ProviderFaultsIT {

    /** For one answer, and for silence in the middle of one. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

    /** The server notes a request when it has read it, which a busy machine puts off for the one before. */
    private static final Duration NOTED_LATE = Duration.ofMillis(250);

    /** The back-off of a model call. */
    private static final List<Duration> BACK_OFF = IntStream.of(500, 1_000, 2_000, 4_000, 8_000)
            .mapToObj(Duration::ofMillis)
            .toList();

    private static final List<Trouble> TROUBLES = List.of(
            recovers("429", 2, new Fault.RateLimited(null), BACK_OFF.subList(0, 2)),
            recovers("429 with Retry-After", 1, new Fault.RateLimited(TWO_SECONDS), List.of(TWO_SECONDS)),
            recovers("429 with a date", 1, new Fault.RateLimitedUntil(TWO_SECONDS), List.of(TWO_SECONDS)),
            recovers("500", 2, Fault.serverError(), BACK_OFF.subList(0, 2)),
            recovers("a truncated stream", 1, new Fault.BrokenOff(), BACK_OFF.subList(0, 1)),
            recovers("a stream that ends early", 1, new Fault.EndsEarly(), BACK_OFF.subList(0, 1)),
            recovers("a hang", 1, new Fault.Hang(), List.of(PATIENCE.plus(BACK_OFF.getFirst()))),
            recovers("a hang in mid-stream", 1, new Fault.HangMidway(), List.of(PATIENCE.plus(BACK_OFF.getFirst()))),
            recovers("malformed JSON", 1, new Fault.MalformedBody(), BACK_OFF.subList(0, 1)),
            fails("429 for ever", AskedRole.EXECUTOR, new Fault.RateLimited(null), BACK_OFF, "Rate limit reached"),
            fails("a hang for ever", AskedRole.INTERPRETER, new Fault.Hang(), waiting(), "no answer within 2 s"),
            fails("hangs in mid-stream", AskedRole.EXECUTOR, new Fault.HangMidway(), waiting(), "mid-answer"),
            fails("a long goal", AskedRole.EXECUTOR, Fault.contextLengthExceeded(), List.of(), "no older turns"),
            fails("no credit", AskedRole.EXECUTOR, Fault.insufficientQuota(), List.of(), "out of credit"),
            fails("a refused key", AskedRole.INTERPRETER, Fault.unauthorized(), List.of(), "401"),
            // The words arrive; that they are no JSON the model is told once.
            fails("garbage", AskedRole.PLANNER, new Fault.Garbage(), List.of(Duration.ZERO), "did not answer as"));

    private static final Corrected WRONG_TOOL = new Corrected("a wrong tool", new Fault.WrongTool());
    private static final Corrected WRONG_ARGUMENTS = new Corrected("wrong arguments", new Fault.WrongArguments());

    private static final Lengthy LONG_PROMPT = new Lengthy("a long prompt", 1);
    private static final Lengthy LONG_FOR_EVER = new Lengthy("a long prompt for ever", 0);

    private static final Map<String, RunningTask> TASKS = new HashMap<>();
    private static TitanSystem titan;

    /**
     * A goal whose provider is in trouble.
     *
     * @param goal what the trouble is
     * @param role who meets it
     * @param times how many requests in a row; 0 means from then on
     * @param fault the trouble
     * @param delays at least, before each further request of the role
     * @param error part of the message of the task's end; absent: it succeeds
     */
    record Trouble(
            String goal,
            AskedRole role,
            int times,
            Fault fault,
            List<Duration> delays,
            @Nullable String error) implements ModelScript {

        @Override
        public String name() {
            return goal;
        }

        @Override
        public boolean plays(String other) {
            return other.equals(goal);
        }

        @Override
        public ScriptedReply turn(ModelRequest request) {
            return new ScriptedReply.Words(
                    "It is done, as far as I can see, and there is nothing more to say about it.");
        }

        @Override
        public List<FaultRule> faults() {
            return List.of(new FaultRule(role, 1, times, fault));
        }

        @Override
        public String toString() {
            return goal;
        }
    }

    /** Calls a tool in a way that cannot work, and rightly when told so. */
    private record Corrected(String goal, Fault fault) implements ModelScript {

        @Override
        public String name() {
            return goal;
        }

        @Override
        public boolean plays(String other) {
            return other.equals(goal);
        }

        @Override
        public ScriptedReply turn(ModelRequest request) {
            return request.lastResult().contains("worked")
                    ? new ScriptedReply.Words("Done.")
                    : new ScriptedReply.Calls(
                            "", List.of(new ScriptedReply.Call("shell", Map.of("command", "echo worked"))));
        }

        @Override
        public List<FaultRule> faults() {
            return List.of(new FaultRule(AskedRole.EXECUTOR, 1, 1, fault));
        }
    }

    /**
     * Calls a tool with much to say until the provider has enough, and is done once it has read the summary.
     *
     * @param times how many requests in a row are too long; 0 means from then on
     */
    private record Lengthy(String goal, int times) implements ModelScript {

        static final int TURNS = 6;

        @Override
        public String name() {
            return goal;
        }

        @Override
        public boolean plays(String other) {
            return other.equals(goal);
        }

        @Override
        public ScriptedReply turn(ModelRequest request) {
            int number = request.results().size() + 1;
            return request.question().contains("<summary_of_your_turns>")
                    ? new ScriptedReply.Words("Done.")
                    : new ScriptedReply.Calls(
                            "",
                            List.of(new ScriptedReply.Call(
                                    "shell", Map.of("command", "seq 1500; echo turn %d".formatted(number)))));
        }

        @Override
        public List<FaultRule> faults() {
            return List.of(new FaultRule(AskedRole.EXECUTOR, TURNS + 1, times, Fault.contextLengthExceeded()));
        }
    }

    private static Trouble recovers(String goal, int times, Fault fault, List<Duration> delays) {
        return new Trouble(goal, AskedRole.EXECUTOR, times, fault, delays, null);
    }

    private static Trouble fails(String goal, AskedRole role, Fault fault, List<Duration> delays, String error) {
        return new Trouble(goal, role, 0, fault, delays, error);
    }

    private static List<Duration> waiting() {
        return BACK_OFF.stream().map(PATIENCE::plus).toList();
    }

    static List<Trouble> troubles() {
        return TROUBLES;
    }

    @BeforeAll
    static void start() {
        titan = TitanSystem.start(
                SandboxKind.LOCAL,
                Map.of("TITAN_MODEL_TIMEOUT", "2s", "TITAN_MODEL_SILENCE", "2s"),
                TROUBLES.toArray(ModelScript[]::new));
        titan.model().add(WRONG_TOOL);
        titan.model().add(WRONG_ARGUMENTS);
        TROUBLES.forEach(trouble -> TASKS.put(trouble.goal(), titan.submit(trouble.goal())));
        List.of(WRONG_TOOL, WRONG_ARGUMENTS)
                .forEach(corrected -> TASKS.put(corrected.goal(), titan.submit(corrected.goal())));
        List.of(LONG_PROMPT, LONG_FOR_EVER).forEach(lengthy -> {
            titan.model().add(lengthy);
            TASKS.put(lengthy.goal(), titan.submit(lengthy.goal()));
        });
    }

    @AfterAll
    static void stop() {
        if (titan != null) {
            titan.close();
        }
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void isAskedAgainAsOftenAndAsLateAsItShould(Trouble trouble) {
        RunningTask task = requireNonNull(TASKS.get(trouble.goal()));
        if (trouble.error() == null) {
            task.awaitSuccess();
        } else {
            task.awaitFailure("model_error");
            assertThat(task.events("error"))
                    .singleElement()
                    .satisfies(error -> assertThat(
                                    error.path("data").path("message").asString())
                            .containsIgnoringCase(trouble.error()));
        }
        List<RecordedRequest> requests = requests(trouble.goal(), trouble.role());
        assertThat(requests).as(task.story()).hasSize(trouble.delays().size() + 1);
        for (int i = 0; i < trouble.delays().size(); i++) {
            assertThat(Duration.between(
                            requests.get(i).at(), requests.get(i + 1).at()))
                    .as("before request %d", i + 2)
                    .isGreaterThanOrEqualTo(trouble.delays().get(i).minus(NOTED_LATE));
        }
    }

    @Test
    void aWrongToolIsAnswerEnoughForTheModelToCorrectItself() {
        assertThat(failures(WRONG_TOOL)).containsExactly("unknown_tool", "");
    }

    @Test
    void wrongArgumentsAreAnswerEnoughForTheModelToCorrectItself() {
        assertThat(failures(WRONG_ARGUMENTS)).containsExactly("invalid_arguments", "");
    }

    @Test
    void aLongPromptIsSummarisedOnceAndAskedAgain() {
        RunningTask task = requireNonNull(TASKS.get(LONG_PROMPT.goal()));
        task.awaitSuccess();

        List<RecordedRequest> asked = requests(LONG_PROMPT.goal(), AskedRole.EXECUTOR);
        assertThat(asked).as(task.story()).hasSize(Lengthy.TURNS + 2);
        assertThat(requests(LONG_PROMPT.goal(), AskedRole.SUMMARIZER)).hasSize(1);
        assertThat(bytes(asked.getLast())).isLessThan(bytes(asked.get(Lengthy.TURNS)) * 3 / 4);
        assertThat(task.events("context_summarized")).hasSize(1);
        assertThat(task.events("usage_recorded"))
                .extracting(event -> event.path("data").path("role").asString())
                .containsOnlyOnce("summarizer");
    }

    @Test
    void aPromptThatStaysTooLongEndsTheTaskWithTheReason() {
        RunningTask task = requireNonNull(TASKS.get(LONG_FOR_EVER.goal()));
        task.awaitFailure("model_error");

        assertThat(requests(LONG_FOR_EVER.goal(), AskedRole.EXECUTOR))
                .as(task.story())
                .hasSize(Lengthy.TURNS + 2);
        assertThat(requests(LONG_FOR_EVER.goal(), AskedRole.SUMMARIZER)).hasSize(1);
        assertThat(task.events("error"))
                .singleElement()
                .satisfies(
                        error -> assertThat(error.path("data").path("message").asString())
                                .contains("context length", "it is still too long"));
    }

    private static int bytes(RecordedRequest request) {
        return request.body().toString().length();
    }

    /** Returns the failures of the calls of a task that succeeds; an empty one is none. */
    private static List<String> failures(Corrected corrected) {
        RunningTask task = requireNonNull(TASKS.get(corrected.goal()));
        task.awaitSuccess();
        assertThat(requests(corrected.goal(), AskedRole.EXECUTOR)).hasSize(3);
        return task.events("tool_completed").stream()
                .map((JsonNode event) -> event.path("data").path("failure").asString(""))
                .toList();
    }

    private static List<RecordedRequest> requests(String goal, AskedRole role) {
        return titan.model().requests().all().stream()
                .filter(request -> request.role() == role && request.goal().equals(goal))
                .toList();
    }
}
