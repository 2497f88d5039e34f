package dev.titan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.testing.model.EndlessScript;
import dev.titan.testing.model.ScriptedReply.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A task of many steps: its history stays small, because one run hands over to the next, and nobody who follows it notices.
 * {@code -Dtitan.test.longTaskSteps} makes it longer.
 */
@Tag("temporal")
@Tag("postgres")
@Tag("bubblewrap")
@Tag("model")
class LongTaskIT {

    /** Enough that the server suggests a new run, at some 4,000 events. */
    private static final int STEPS = Integer.getInteger("titan.test.longTaskSteps", 360);

    private static final int BYTES_PER_STEP_MAX = 4 * 1024;
    private static final String GOAL = "Count.";

    @Test
    void handsOverFromRunToRunWithoutLosingAStep() {
        var script = new EndlessScript("count", GOAL, n -> new Call("shell", Map.of("command", "echo " + n)));
        try (TitanSystem titan = TitanSystem.start(SandboxKind.LOCAL, script)) {
            RunningTask task = titan.submit(Map.of("goal", GOAL, "budget", Map.of("max_steps", STEPS)));
            Awaitility.await()
                    .atMost(Duration.ofMinutes(20))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> titan.client().ended(task.id()));

            assertThat(task.awaitEnd().path("reason").asString())
                    .as("it ends by its limit")
                    .isEqualTo("timeout");
            assertThat(results(task)).isEqualTo(numbers());
            List<JsonNode> runs = TemporalUi.of(titan.home()).runs(task.id());
            long bytes = runs.stream()
                    .mapToLong(run -> run.path("historySizeBytes").asLong())
                    .sum();
            assertThat(runs).as("runs of the workflow").hasSizeGreaterThan(1);
            assertThat(bytes / STEPS).as("bytes of history a step").isBetween(1L, (long) BYTES_PER_STEP_MAX);
        }
    }

    private static List<String> results(RunningTask task) {
        List<String> results = new ArrayList<>();
        task.events("tool_completed")
                .forEach(event -> results.add(event.path("data")
                        .path("result")
                        .asString()
                        .lines()
                        .toList()
                        .getLast()));
        return results;
    }

    private static List<String> numbers() {
        List<String> numbers = new ArrayList<>();
        for (int n = 1; n <= STEPS; n++) {
            numbers.add(Integer.toString(n));
        }
        return numbers;
    }
}
