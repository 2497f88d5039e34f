package dev.titan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.Plan;
import dev.titan.contracts.plan.Step;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskReason;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventRendererTest {

    private static final TaskId TASK = new TaskId("task-01234567-89ab-7def-8123-456789abcdef");
    private static final StepId BUILD = new StepId("build");

    private final EventRenderer renderer = new EventRenderer();

    @Test
    void readsLikeAStory() {
        assertThat(shown(
                        new TaskEvent.TaskStarted(),
                        new TaskEvent.PlanGenerated(plan(1)),
                        new TaskEvent.StepStarted(1),
                        new TaskEvent.ToolCalled(0, "shell", Map.of("command", "npm test")),
                        new TaskEvent.ToolOutput(0, 0, "1 passing\n"),
                        new TaskEvent.ToolCompleted(0, "shell", null, "ok", Duration.ofMillis(1200)),
                        new TaskEvent.StepCompleted(1, StepStatus.SUCCEEDED, "ok", null),
                        new TaskEvent.Completed("It works.")))
                .isEqualTo("""

                        Plan
                          ○ build  Build and test it

                        ● Build and test it
                          $ npm test
                            1 passing
                            1.2 s
                          ✓ done

                        ✓ Succeeded. It works.
                        """);
    }

    @Test
    void showsCorrectionsAndFailures() {
        assertThat(shown(
                        new TaskEvent.CorrectionApplied(1, "a test fails", 1, plan(2)),
                        new TaskEvent.ToolCompleted(0, "shell", "exit_status", "no", Duration.ofMillis(10)),
                        new TaskEvent.Failed(TaskReason.STUCK, "Nothing helps.")))
                .isEqualTo("""
                        ↻ Correction 1: a test fails

                        Plan, version 2
                          ○ build  Build and test it
                            ✗ exit status after 0.0 s

                        ✗ Failed (stuck). Nothing helps.
                        """);
    }

    @Test
    void cutsLongOutput() {
        String thousand = String.join(
                "\n", IntStream.range(0, 1000).mapToObj(i -> "line " + i).toList());

        assertThat(shown(new TaskEvent.ToolOutput(0, 0, thousand)).lines())
                .hasSize(13)
                .last()
                .isEqualTo("    … more in the event log");
    }

    @Test
    void whatATaskPrintsCannotSteerTheTerminal() {
        assertThat(shown(new TaskEvent.ToolOutput(0, 0, "a\u001b[2Jb\u001b]0;title\u0007c\u009bd\rcovered")))
                .isEqualTo("    ab]0;titlecdcovered\n");
    }

    private String shown(TaskEvent... events) {
        var bytes = new ByteArrayOutputStream();
        var screen = new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), false);
        for (TaskEvent event : events) {
            renderer.lines(new EventEnvelope("evt", 1, TASK, Instant.EPOCH, BUILD, null, null, event))
                    .forEach(screen::print);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Plan plan(int version) {
        return new Plan(
                version,
                "",
                List.of(new Step(
                        BUILD,
                        "Build and test it",
                        List.of(),
                        null,
                        null,
                        List.of(),
                        null,
                        StepStatus.PENDING,
                        null,
                        null)));
    }
}
