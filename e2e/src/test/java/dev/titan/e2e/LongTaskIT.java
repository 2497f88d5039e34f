package dev.titan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.titan.contracts.task.Lanes;
import dev.titan.testing.model.EndlessScript;
import dev.titan.testing.model.ScriptedReply.Call;
import io.temporal.api.history.v1.HistoryEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A task of many steps: its history stays small, because one run hands over to the next, and nobody who follows it notices.
 * {@code -Dtitan.test.longTaskSteps} makes it longer, {@code -Dtitan.test.longTaskLanes=two} runs it in the other setting.
 */
@Tag("temporal")
@Tag("postgres")
@Tag("bubblewrap")
@Tag("model")
class LongTaskIT {

    /** Enough that the server suggests a new run, at some 4,000 events. */
    private static final int STEPS = Integer.getInteger("titan.test.longTaskSteps", 360);

    /** With two lanes a step has half as many events, so that more steps are needed for a hand-over: some 700. */
    private static final String LANES = System.getProperty("titan.test.longTaskLanes", Lanes.REGULAR.wire());

    private static final int BYTES_PER_STEP_MAX = 4 * 1024;
    private static final int PAYLOAD_BYTES_MAX = 16 * 1024;
    private static final double GROWTH_PERCENT_MAX = 10;
    private static final int WINDOW = 20;
    private static final String GOAL = "Count.";

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void handsOverFromRunToRunWithoutLosingAStep() {
        var script = new EndlessScript("count", GOAL, n -> new Call("shell", Map.of("command", "echo " + n)));
        try (TitanSystem titan = TitanSystem.start(SandboxKind.LOCAL, Map.of("TITAN_LANES", LANES), script)) {
            RunningTask task = titan.submit(Map.of("goal", GOAL, "budget", Map.of("max_steps", STEPS)));
            Awaitility.await()
                    .atMost(Duration.ofMinutes(20))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> titan.client().ended(task.id()));

            assertThat(task.awaitEnd().path("reason").asString())
                    .as("it ends by its limit")
                    .isEqualTo("timeout");
            assertThat(results(task)).isEqualTo(numbers());
            try (Histories histories = Histories.of(titan.home())) {
                assertStaysSmall(histories.runs(task.id()));
            }
        }
    }

    private static void assertStaysSmall(List<List<HistoryEvent>> runs) {
        assertThat(runs.size()).as("runs of the workflow").isGreaterThan(1);
        assertThat(runs.stream().flatMap(List::stream))
                .as("events and what they carry")
                .allSatisfy(event -> assertThat(event.getSerializedSize()).isLessThan(PAYLOAD_BYTES_MAX));
        List<Integer> steps = bytesOfSteps(runs);
        double early = bytesAt(steps, STEPS / 10);
        double late = bytesAt(steps, STEPS / 10 * 9);
        double all = steps.stream().mapToInt(bytes -> bytes).average().orElseThrow();
        System.out.printf(
                "%d steps in %d runs: %.0f bytes of history a step; at step %d %.0f, at step %d %.0f%n",
                STEPS, runs.size(), all, STEPS / 10, early, STEPS / 10 * 9, late);
        assertThat(all).as("bytes of history a step").isLessThan(BYTES_PER_STEP_MAX);
        assertThat(late).as("late steps beside early ones").isCloseTo(early, withPercentage(GROWTH_PERCENT_MAX));
    }

    /** A step begins where its model is asked. */
    private static List<Integer> bytesOfSteps(List<List<HistoryEvent>> runs) {
        List<Integer> steps = new ArrayList<>();
        int bytes = 0;
        for (HistoryEvent event : runs.stream().flatMap(List::stream).toList()) {
            if (event.hasActivityTaskScheduledEventAttributes()
                    && event.getActivityTaskScheduledEventAttributes()
                            .getActivityType()
                            .getName()
                            .equals("nextTurn")) {
                steps.add(bytes);
                bytes = 0;
            }
            bytes += event.getSerializedSize();
        }
        return steps;
    }

    /** The average around a step. */
    private static double bytesAt(List<Integer> steps, int step) {
        return steps.subList(step - WINDOW / 2, step + WINDOW / 2).stream()
                .mapToInt(bytes -> bytes)
                .average()
                .orElseThrow();
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
