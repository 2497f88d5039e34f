package dev.titan.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.task.Lanes;
import dev.titan.testing.model.AskedRole;
import dev.titan.testing.model.ModelRequest;
import dev.titan.testing.model.ModelScript;
import dev.titan.testing.model.ScriptedReply;
import dev.titan.testing.model.ScriptedReply.Call;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Run after run of a task takes over, and nobody who asks something of it or has answered it notices: each command is
 * taken, once, and what was decided stays decided.
 */
@Tag("temporal")
@Tag("postgres")
@Tag("bubblewrap")
@Tag("model")
class HandOversIT {

    private static final String COUNT = "Count until I say stop.";
    private static final String STOP = "Stop.";
    private static final String ONE_CALL = "Make one call.";
    private static final String TWO_CALLS = "Make two calls at once.";
    private static final String APPROVE = "{\"decision\":\"approve\"}";

    /** Some turns' worth: the shorter a run, the likelier is a command that comes at its end. */
    private static final int EVENTS = 60;

    private static final int RUNS = 6;
    private static final int OK = 200;
    private static final List<String> USERS = List.of("a", "b", "c");
    private static final Pattern SAID = Pattern.compile("\\b[abc]\\d{4}\\b");

    private static final Map<Lanes, TitanSystem> SYSTEMS = new EnumMap<>(Lanes.class);

    @BeforeAll
    static void start(@TempDir Path programs) {
        Map<String, String> settings = new HashMap<>(TemporalProgram.with(programs, HandOver.SETTING, EVENTS));
        for (Lanes lanes : Lanes.values()) {
            settings.put("TITAN_LANES", lanes.wire());
            SYSTEMS.put(
                    lanes,
                    TitanSystem.start(
                            SandboxKind.LOCAL,
                            settings,
                            new Counting(),
                            new OneTurn(ONE_CALL, 1),
                            new OneTurn(TWO_CALLS, 2)));
        }
    }

    @AfterAll
    static void stop() {
        SYSTEMS.values().forEach(TitanSystem::close);
    }

    @ParameterizedTest
    @EnumSource(Lanes.class)
    void takesEveryCommandOnceAtWhateverMomentItComes(Lanes lanes) throws Exception {
        TitanSystem titan = titan(lanes);
        RunningTask task = titan.submit(COUNT);
        task.awaitEvent("tool_completed");
        Map<String, List<String>> said = new HashMap<>();
        int paused;
        try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> talks = USERS.stream()
                    .map(user -> users.submit(() -> talk(titan, task, user)))
                    .toList();
            paused = users.submit(() -> pause(titan, task)).get();
            for (Future<List<String>> talk : talks) {
                said.put(talk.get().getFirst().substring(0, 1), talk.get());
            }
        }
        assertThat(say(task, STOP)).isEqualTo(OK);

        task.awaitSuccess();

        assertThat(byUser(task.events("message_received").stream()
                        .map(event -> event.path("data").path("text").asString())))
                .isEqualTo(said);
        assertThat(byUser(Stream.of(lastTurn(titan))))
                .as("what the model was told")
                .isEqualTo(said);
        assertThat(task.events("paused")).hasSize(paused);
        assertThat(task.events("resumed")).hasSize(paused);
        assertThat(task.events("tool_called"))
                .as("calls")
                .extracting(event -> event.path("data").path("arguments").toString())
                .doesNotHaveDuplicates();
    }

    /** The next run asks about all calls of the turn again, of which one is decided. */
    @ParameterizedTest
    @EnumSource(Lanes.class)
    void keepsADecisionUntilTheOtherCallsOfTheTurnAreDecided(Lanes lanes) {
        TitanSystem titan = titan(lanes);
        RunningTask task = asking(titan, TWO_CALLS);
        task.decide(APPROVE);

        awaitNextRun(titan, task);
        task.decide(APPROVE);

        task.awaitSuccess();
        assertThat(task.events("tool_called")).hasSize(2);
        assertThat(task.events("approval_decided")).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Lanes.class)
    void keepsADecisionThatWasMadeWhileTheTaskWasPaused(Lanes lanes) {
        TitanSystem titan = titan(lanes);
        RunningTask task = asking(titan, ONE_CALL);
        assertThat(task.ask("pause", "").status()).isEqualTo(OK);
        task.decide(APPROVE);

        awaitNextRun(titan, task);
        assertThat(task.ask("resume", "").status()).isEqualTo(OK);

        task.awaitSuccess();
        assertThat(task.events("tool_called")).hasSize(1);
        assertThat(task.events("approval_decided")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Lanes.class)
    void waitsForWhomItHasAskedWhenItIsResumed(Lanes lanes) {
        TitanSystem titan = titan(lanes);
        RunningTask task = asking(titan, ONE_CALL);
        assertThat(task.ask("pause", "").status()).isEqualTo(OK);

        awaitNextRun(titan, task);
        assertThat(task.ask("resume", "").status()).isEqualTo(OK);

        task.awaitStatus("waiting");
        task.decide(APPROVE);
        task.awaitSuccess();
    }

    private static TitanSystem titan(Lanes lanes) {
        return requireNonNull(SYSTEMS.get(lanes), "not started");
    }

    private static RunningTask asking(TitanSystem titan, String goal) {
        RunningTask task = titan.submit(Map.of("goal", goal, "autonomy", "ask_all"));
        task.awaitApproval();
        return task;
    }

    private static void awaitNextRun(TitanSystem titan, RunningTask task) {
        String run = run(titan, task);
        while (run(titan, task).equals(run)) {
            assertThat(say(task, "More.")).isEqualTo(OK);
        }
    }

    private static String run(TitanSystem titan, RunningTask task) {
        return TemporalUi.of(titan.home())
                .workflow(task.id())
                .path("execution")
                .path("runId")
                .asString();
    }

    private static boolean handsOver(TitanSystem titan, RunningTask task) {
        return TemporalUi.of(titan.home()).runs(task.id()).size() < RUNS;
    }

    /** Says one thing after the other while runs take over, and returns what was said. */
    private static List<String> talk(TitanSystem titan, RunningTask task, String user) {
        List<String> said = new ArrayList<>();
        while (handsOver(titan, task)) {
            String text = "%s%04d".formatted(user, said.size());
            assertThat(say(task, text)).isEqualTo(OK);
            said.add(text);
        }
        return said;
    }

    private static int say(RunningTask task, String text) {
        return task.ask("messages", "{\"text\":\"%s\"}".formatted(text)).status();
    }

    /** Pauses and resumes, and returns how often. */
    private static int pause(TitanSystem titan, RunningTask task) {
        int pauses = 0;
        while (handsOver(titan, task)) {
            assertThat(task.ask("pause", "").status()).isEqualTo(OK);
            assertThat(task.ask("resume", "").status()).isEqualTo(OK);
            pauses++;
        }
        return pauses;
    }

    /** Returns what the model was shown when it was told to stop. */
    private static String lastTurn(TitanSystem titan) {
        return titan.model().requests().all().stream()
                .filter(request ->
                        request.role() == AskedRole.EXECUTOR && request.goal().equals(COUNT))
                .toList()
                .getLast()
                .body()
                .toString();
    }

    private static Map<String, List<String>> byUser(Stream<String> texts) {
        return texts.flatMap(text -> SAID.matcher(text).results())
                .map(MatchResult::group)
                .collect(Collectors.groupingBy(text -> text.substring(0, 1)));
    }

    private static Call echo(int number) {
        return new Call("shell", Map.of("command", "echo " + number));
    }

    /** Makes all of its calls in one turn. */
    private record OneTurn(String goal, int calls) implements ModelScript {

        @Override
        public String name() {
            return goal;
        }

        @Override
        public boolean plays(String other) {
            return goal.equals(other.strip());
        }

        @Override
        public ScriptedReply turn(ModelRequest request) {
            return request.results().isEmpty()
                    ? new ScriptedReply.Calls(
                            "",
                            IntStream.rangeClosed(1, calls)
                                    .mapToObj(HandOversIT::echo)
                                    .toList())
                    : new ScriptedReply.Words("Done.");
        }
    }

    /** Counts until it is told to stop. */
    private record Counting() implements ModelScript {

        @Override
        public String name() {
            return COUNT;
        }

        @Override
        public boolean plays(String goal) {
            return goal.strip().equals(COUNT);
        }

        @Override
        public ScriptedReply turn(ModelRequest request) {
            return request.question().contains(STOP)
                    ? new ScriptedReply.Words("Stopped.")
                    : new ScriptedReply.Calls("", List.of(echo(request.results().size() + 1)));
        }
    }
}
