package dev.titan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.testing.model.ModelScript;
import dev.titan.testing.model.ScriptLibrary;
import dev.titan.testing.model.YamlScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Real pytest fails on real files; the model goes by what it says, and only then gets on. */
@Tag("docker")
@Tag("temporal")
@Tag("postgres")
@Tag("model")
class SelfCorrectionIT {

    private static final String CORRECTED =
            "Write stats.py with a function median, and correct it until its tests pass.";
    private static final String BLIND = "Write stats.py with a function median, without looking at failures.";
    private static final String SIMPLE = "Write a median function; find and fix what its tests show.";
    private static final String RIGHT = "Write a median function that is right at once, with tests.";
    private static final List<Map<String, String>> TESTS_PASS =
            List.of(Map.of("says", "the tests pass", "command", "python3 -m pytest -q -p no:cacheprovider"));

    private static TitanSystem titan;

    @BeforeAll
    static void start() {
        YamlScript corrected = Scripts.yaml("stats-corrected");
        Stream<ModelScript> own = Stream.of(corrected, blind(corrected));
        titan = TitanSystem.start(
                SandboxKind.DOCKER,
                Stream.concat(own, ScriptLibrary.shipped().stream()).toArray(ModelScript[]::new));
    }

    @AfterAll
    static void stop() {
        if (titan != null) {
            titan.close();
        }
    }

    @Test
    void revisesThePlanAfterEachFailureUntilTheTestsPass() {
        RunningTask task = titan.submit(Map.of("goal", CORRECTED, "success_criteria", TESTS_PASS));

        task.awaitSuccess();

        assertThat(task.events("correction_applied")).as(task.story()).hasSize(2);
        assertThat(task.artifact("stats.py")).contains("raise ValueError", "/ 2");
        assertThat(steps(task, "steps")).allMatch(step -> step.endsWith(" succeeded"));
        assertThat(steps(task, "dropped"))
                .satisfiesExactlyInAnyOrder(
                        step -> assertThat(step).startsWith("correct-even failed"),
                        step -> assertThat(step).startsWith("run-tests failed: The tests fail"),
                        step -> assertThat(step)
                                .isEqualTo(
                                        "report skipped: Version 2 of the plan leaves it out: The median of an even number of values is wrong."));
    }

    @Test
    void saysWhatAFailureBlocks() {
        RunningTask task = titan.submit(
                Map.of("goal", CORRECTED, "success_criteria", TESTS_PASS, "budget", Map.of("max_corrections", 0)));

        task.awaitFailure("stuck");

        assertThat(steps(task, "steps"))
                .satisfiesExactly(
                        step -> assertThat(step).isEqualTo("module succeeded"),
                        step -> assertThat(step).isEqualTo("tests succeeded"),
                        step -> assertThat(step).startsWith("run-tests failed: The tests fail"),
                        step -> assertThat(step)
                                .startsWith("report blocked: It depends on step run-tests, which has failed"));
    }

    private static List<String> steps(RunningTask task, String which) {
        List<String> steps = new ArrayList<>();
        for (JsonNode step : titan.client().task(task.id()).path("plan").path(which)) {
            String why = step.path("error").asString(step.path("reason").asString(""));
            steps.add("%s %s%s"
                    .formatted(
                            step.path("id").asString(),
                            step.path("status").asString(),
                            why.isEmpty() ? "" : ": " + why));
        }
        return steps;
    }

    @Test
    void repairsWithinAStepWhatTheTestsShow() {
        RunningTask task = titan.submit(Map.of("goal", SIMPLE, "success_criteria", TESTS_PASS));

        task.awaitSuccess();

        assertThat(task.events("tool_completed"))
                .filteredOn(
                        event -> event.path("data").path("failure").asString("").equals("exit_status"))
                .as(task.story())
                .hasSize(2);
    }

    /** The control: the same plan with a model that has no answer to the failure's text. */
    @Test
    void endsFailedWhenTheModelDoesNotUnderstandTheFailure() {
        RunningTask task = titan.submit(Map.of("goal", BLIND, "success_criteria", TESTS_PASS));

        task.awaitFailure("criteria_unmet");

        assertThat(task.events("correction_applied")).isEmpty();
    }

    /** The control: correct code is left alone. */
    @Test
    void correctsNothingWhenTheCodeIsRight() {
        RunningTask task = titan.submit(Map.of("goal", RIGHT, "success_criteria", TESTS_PASS));

        task.awaitSuccess();

        assertThat(task.events("correction_applied")).isEmpty();
        assertThat(task.events("tool_completed"))
                .noneMatch(event -> event.path("data").has("failure"));
    }

    private static YamlScript blind(YamlScript script) {
        return new YamlScript(
                "blind",
                BLIND,
                Map.of(),
                script.interpreter(),
                script.planner(),
                List.of(),
                List.of(),
                script.judge(),
                List.of());
    }
}
