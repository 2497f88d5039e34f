package dev.titan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.testing.model.EndlessScript;
import dev.titan.testing.model.ModelScript;
import dev.titan.testing.model.ScriptedReply.Call;
import dev.titan.testing.model.TranscriptScript;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Plays the transcripts of the task corpus through the real loop, tools and sandboxes, and runs the checks there. */
@Tag("docker")
@Tag("temporal")
@Tag("postgres")
@Tag("model")
class CorpusTasksIT {

    /** It needs a person who approves, which comes with approvals. */
    private static final String WAITS_FOR_APPROVAL = "loop-04";

    /** It never ends by itself. */
    private static final String ENDLESS = "loop-05";

    private static final int ENDLESS_STEPS = 25;

    /** Two processors are busy with three of these; more would only make each slower. */
    private static final int AT_ONCE = 3;

    private static final String CONTROL = "Write a note that nobody checks for.";

    private static List<CorpusJob> jobs = List.of();
    private static TitanSystem titan;
    private static ExecutorService threads;

    @BeforeAll
    static void start() {
        jobs = Corpus.jobs().stream()
                .filter(job -> !job.id().equals(WAITS_FOR_APPROVAL))
                .toList();
        Stream<ModelScript> scripts = jobs.stream().map(CorpusTasksIT::script);
        ModelScript control = Scripts.shell(CONTROL, "echo hello > note.txt");
        titan = TitanSystem.start(
                SandboxKind.DOCKER, Stream.concat(scripts, Stream.of(control)).toArray(ModelScript[]::new));
        threads = Executors.newFixedThreadPool(AT_ONCE);
    }

    @AfterAll
    static void stop() {
        if (titan != null) {
            threads.shutdownNow();
            titan.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> playsEveryGoalOfTheCorpus() {
        Map<String, Future<?>> running = new LinkedHashMap<>();
        for (CorpusJob job : jobs) {
            Callable<Boolean> play = () -> {
                if (job.id().equals(ENDLESS)) {
                    endsAtItsStepLimit(job);
                } else {
                    succeedsWithEveryCheckPassing(job);
                }
                return true;
            };
            running.put(job.id(), threads.submit(play));
        }
        return running.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(), () -> entry.getValue().get()));
    }

    /** The control: a check that does not hold fails the task, whatever the model says. */
    @Test
    void failsWhenACheckDoesNotHold() {
        RunningTask task = titan.submit(Map.of(
                "goal",
                CONTROL,
                "success_criteria",
                List.of(
                        Map.of("says", "the note is there", "command", "grep -qx hello note.txt"),
                        Map.of("says", "the letter is there", "command", "test -e letter.txt"))));

        task.awaitFailure("criteria_unmet");

        assertThat(checks(task))
                .extracting(event -> event.path("data").path("failure").asString(""))
                .containsExactly("", "exit_status");
    }

    private static void succeedsWithEveryCheckPassing(CorpusJob job) {
        RunningTask task = titan.submit(job.body());

        task.awaitSuccess();

        assertThat(checks(task)).as("checks of %s", job.id()).hasSameSizeAs(job.checks());
        assertThat(checks(task))
                .as("checks of %s", job.id())
                .allSatisfy(event -> assertThat(event.path("data").has("failure"))
                        .as("%s", event)
                        .isFalse());
    }

    private static void endsAtItsStepLimit(CorpusJob job) {
        Map<String, Object> body = new HashMap<>(job.body());
        body.put("budget", Map.of("max_steps", ENDLESS_STEPS));
        RunningTask task = titan.submit(body);

        task.awaitFailure("timeout");

        assertThat(task.artifact("count.txt"))
                .isEqualTo(IntStream.rangeClosed(1, ENDLESS_STEPS)
                        .mapToObj(number -> number + "\n")
                        .collect(Collectors.joining()));
    }

    private static List<JsonNode> checks(RunningTask task) {
        return task.events("tool_completed").stream()
                .filter(event -> event.path("step_id").asString("").equals("verify"))
                .toList();
    }

    private static ModelScript script(CorpusJob job) {
        return job.id().equals(ENDLESS)
                ? new EndlessScript(
                        job.id(),
                        job.goal(),
                        number -> new Call("shell", Map.of("command", "echo %d >> count.txt".formatted(number))))
                : TranscriptScript.of(job.id(), job.goal(), job.transcript());
    }
}
