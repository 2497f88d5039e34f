package dev.titan.cli;

import static dev.titan.cli.TestEvents.plan;
import static dev.titan.cli.TestEvents.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.Step;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.review.Decision;
import dev.titan.contracts.review.Review;
import dev.titan.contracts.task.ForkOrigin;
import dev.titan.contracts.task.TaskReason;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventRendererTest {

    @Test
    void tellsWhereATaskGoesOnFromAndWhatIsDone() {
        ForkOrigin origin = new ForkOrigin(TestEvents.TASK, new StepId("write"));
        Step done = new Step(
                new StepId("write"),
                "Write the app",
                List.of(),
                null,
                null,
                List.of(),
                null,
                StepStatus.SUCCEEDED,
                "created",
                null);

        assertThat(shown(new TestEvents()
                        .then(
                                new TaskEvent.TaskQueued("Greet", origin),
                                new TaskEvent.PlanGenerated(plan(1, done, step("test", "Test it", "write"))))))
                .isEqualTo("""
                        ⑂ Goes on from %s, after step write

                        Plan
                          ✓ write  Write the app
                          ○ test  Test it  (after write)
                        """.formatted(TestEvents.TASK));
    }

    @Test
    void readsLikeAStory() {
        assertThat(shown(new TestEvents()
                        .then(
                                new TaskEvent.TaskQueued("Greet"),
                                new TaskEvent.TaskStarted(),
                                new TaskEvent.PlanGenerated(
                                        plan(1, step("write", "Write the app"), step("test", "Test it", "write"))))
                        .in("write", 1, new TaskEvent.StepStarted(1))
                        .then(new TaskEvent.SandboxCreated("sbx-1", "docker", "container"))
                        .in(
                                "write",
                                1,
                                new TaskEvent.ToolCalled(0, "file_write", Map.of("path", "app.js", "content", "…")),
                                new TaskEvent.FileAccessed("write", "app.js", true, 120),
                                new TaskEvent.ToolCompleted(0, "file_write", null, "created", Duration.ofMillis(3)),
                                new TaskEvent.StepCompleted(1, StepStatus.SUCCEEDED, "created", null))
                        .in(
                                "test",
                                1,
                                new TaskEvent.StepStarted(1),
                                called(0, "npm test"),
                                new TaskEvent.ToolOutput(0, 0, "1 pass"),
                                new TaskEvent.ToolOutput(0, 6, "ing\nbye\n"),
                                new TaskEvent.ToolCompleted(0, "shell", null, "exit status 0", Duration.ofMillis(1200)),
                                new TaskEvent.StepCompleted(1, StepStatus.SUCCEEDED, "ok", null))
                        .in(
                                "verify",
                                1,
                                called(0, "node app.js"),
                                new TaskEvent.ToolCompleted(0, "shell", null, "exit status 0", Duration.ofMillis(90)))
                        .then(new TaskEvent.Completed("It works.\nRun it with npm start."))))
                .isEqualTo("""

                        Plan
                          ○ write  Write the app
                          ○ test  Test it  (after write)

                        ● 1/2  Write the app
                        ▣ Sandbox ready (docker, isolation container)
                          → write app.js  120 B
                          ✓ done · 5.0 s

                        ● 2/2  Test it
                          $ npm test
                            1 passing
                            bye
                            1.2 s
                          ✓ done · 5.0 s

                        ● Check the success criteria
                          $ node app.js
                            0.1 s

                        ✓ Succeeded
                          It works.
                          Run it with npm start.
                        """);
    }

    @Test
    void showsWhatWentWrongAndTheNewPlanWithWhatIsDone() {
        assertThat(shown(new TestEvents()
                        .then(new TaskEvent.PlanGenerated(plan(1, step("write", "Write it"), step("test", "Test it"))))
                        .in(
                                "write",
                                1,
                                new TaskEvent.StepStarted(1),
                                new TaskEvent.StepCompleted(1, StepStatus.SUCCEEDED, "ok", null))
                        .in(
                                "test",
                                1,
                                new TaskEvent.StepStarted(1),
                                called(0, "pytest"),
                                new TaskEvent.ToolCompleted(
                                        0, "shell", "exit_status", "exit status 1\nno", Duration.ofMillis(400)),
                                new TaskEvent.StepCompleted(1, StepStatus.FAILED, null, "a test fails"),
                                new TaskEvent.ReviewCompleted(new Review(
                                        Decision.REVISE_PLAN,
                                        new Review.Critique(false, List.of("The test fails."), List.of(), 0.9))))
                        .then(
                                new TaskEvent.CorrectionApplied(
                                        1,
                                        "fix the bug first",
                                        1,
                                        plan(
                                                2,
                                                step("write", "Write it"),
                                                step("fix", "Fix it", "write"),
                                                step("test", "Test it", "fix"))),
                                new TaskEvent.Failed(TaskReason.STUCK, "Nothing helps."))))
                .isEqualTo("""

                        Plan
                          ○ write  Write it
                          ○ test  Test it

                        ● 1/2  Write it
                          ✓ done · 1.0 s

                        ● 2/2  Test it
                          $ pytest
                            ✗ exit status 1 · 0.4 s
                          ✗ failed: a test fails · 3.0 s
                          » review: revise plan. The test fails.

                        ↻ Correction 1: fix the bug first

                        Plan, version 2
                          ✓ write  Write it
                          ○ fix  Fix it  (after write)
                          ○ test  Test it  (after fix)

                        ✗ Failed: stuck
                          Nothing helps.
                        """);
    }

    @Test
    void showsTheEndOfLongOutputBecauseTheVerdictStandsThere() {
        String hundred =
                IntStream.rangeClosed(1, 100).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());

        assertThat(shown(new TestEvents()
                        .in(
                                "a",
                                1,
                                called(0, "make"),
                                new TaskEvent.ToolOutput(0, 0, hundred),
                                new TaskEvent.ToolCompleted(0, "shell", null, "ok", Duration.ofSeconds(75)))))
                .isEqualTo("""
                          $ make
                            line 1
                            line 2
                            line 3
                            line 4
                            line 5
                            line 6
                            line 7
                            line 8
                            … 86 more lines
                            line 95
                            line 96
                            line 97
                            line 98
                            line 99
                            line 100
                            75 s
                        """);
    }

    @Test
    void repeatsTheHeadingWhenCallsRunSideBySide() {
        assertThat(shown(new TestEvents()
                        .in(
                                "a",
                                1,
                                called(0, "one"),
                                called(1, "two"),
                                new TaskEvent.ToolOutput(0, 0, "1\n"),
                                new TaskEvent.ToolOutput(1, 0, "2\n"),
                                new TaskEvent.ToolCompleted(1, "shell", null, "ok", Duration.ofMillis(50)),
                                new TaskEvent.ToolCompleted(0, "shell", null, "ok", Duration.ofMillis(100)))))
                .isEqualTo("""
                          $ one
                          $ two
                          $ one
                            1
                          $ two
                            2
                            0.1 s
                          $ one
                            0.1 s
                        """);
    }

    @Test
    void showsRefusalsOfFilesAndOnlyTheFirstLineOfScripts() {
        assertThat(shown(new TestEvents()
                        .in(
                                "a",
                                1,
                                new TaskEvent.ToolCalled(0, "file_read", Map.of("path", ".env")),
                                new TaskEvent.FileAccessed("read", ".env", false, 0),
                                new TaskEvent.ToolCompleted(
                                        0, "file_read", "denied", ".env may hold secrets", Duration.ZERO),
                                called(1, "cat > x <<E\nhello\nE"))))
                .isEqualTo("""
                          ✗ read .env: .env may hold secrets
                          $ cat > x <<E …
                        """);
    }

    @Test
    void showsWhatTheNetworkPolicyDecided() {
        assertThat(shown(new TestEvents()
                        .then(
                                new TaskEvent.EgressDecided(
                                        "pypi.org", 443, "151.101.0.223", true, "allowed", 2, 100, 2048),
                                new TaskEvent.EgressDecided("pypi.org", 443, "151.101.0.223", true, "allowed", 0, 0, 9),
                                new TaskEvent.EgressDecided("evil.example", 443, null, false, "not_listed", 1, 0, 0),
                                new TaskEvent.EgressDecided("?", 0, null, false, "bad_request", 3, 0, 0))))
                .isEqualTo("""
                          ⇄ network: pypi.org:443  100 B up, 2.0 KiB down, 2 times
                          ✗ network: evil.example:443 refused (not listed)
                          ✗ network: ? refused (bad request), 3 times
                        """);
    }

    @Test
    void saysThatATaskWasCancelled() {
        assertThat(shown(new TestEvents().then(new TaskEvent.Failed(TaskReason.USER, "The task was cancelled."))))
                .isEqualTo("""

                        ■ Cancelled
                          The task was cancelled.
                        """);
    }

    @Test
    void aProgressBarLeavesWhatStoodThereLast() {
        assertThat(shown(new TestEvents()
                        .in("a", 1, called(0, "x"), new TaskEvent.ToolOutput(0, 0, "10 %\r50 %\r100 %\r\n"))))
                .isEqualTo("""
                          $ x
                            100 %
                        """);
    }

    @Test
    void coloursOnlyWhereAPersonSeesThem() {
        List<EventEnvelope> events = new TestEvents().in("a", 1, called(0, "x")).list();

        assertThat(shown(events, true)).isEqualTo("  \u001b[36m$ x\u001b[0m\n");
        assertThat(shown(events, false)).isEqualTo("  $ x\n");
    }

    private static TaskEvent called(int call, String command) {
        return new TaskEvent.ToolCalled(call, "shell", Map.of("command", command));
    }

    private static String shown(TestEvents events) {
        return shown(events.list(), false);
    }

    private static String shown(List<EventEnvelope> events, boolean live) {
        var bytes = new ByteArrayOutputStream();
        var screen = new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), live);
        var renderer = new EventRenderer();
        events.forEach(event -> renderer.lines(event).forEach(screen::print));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
