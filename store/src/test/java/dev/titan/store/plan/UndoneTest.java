package dev.titan.store.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.chat.Usage;
import dev.titan.contracts.plan.Step;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskRequest;
import dev.titan.contracts.task.TaskStatus;
import dev.titan.store.task.TaskRow;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UndoneTest {

    private static final Instant AT = Instant.parse("2026-11-30T10:00:00Z");

    @Test
    void namesTheStepThatFailedAlsoThroughOthers() {
        assertThat(explained(
                        TaskStatus.RUNNING,
                        step("a", StepStatus.FAILED),
                        step("b", StepStatus.PENDING, "a"),
                        step("c", StepStatus.PENDING, "b"),
                        step("d", StepStatus.PENDING)))
                .containsExactly(
                        "a failed: broken",
                        "b blocked: It depends on step a, which has failed: broken",
                        "c blocked: It depends on step a, which has failed: broken",
                        "d pending");
    }

    @Test
    void whatWaitsForAStepThatGoesOnIsNotBlocked() {
        assertThat(explained(TaskStatus.RUNNING, step("a", StepStatus.RUNNING), step("b", StepStatus.PENDING, "a")))
                .containsExactly("a running", "b pending");
    }

    @Test
    void tellsWhatASkippedStepLeavesImpossible() {
        Step skipped = step("a", StepStatus.PENDING).at(StepStatus.SKIPPED, null, null, "Not needed.");

        assertThat(explained(TaskStatus.RUNNING, skipped, step("b", StepStatus.PENDING, "a")))
                .containsExactly(
                        "a skipped: Not needed.", "b blocked: It depends on step a, which was skipped: Not needed.");
    }

    @Test
    void aTaskThatHasFailedLeavesNothingRunningOrPending() {
        assertThat(explained(
                        TaskStatus.FAILED,
                        step("a", StepStatus.RUNNING),
                        step("b", StepStatus.PENDING, "a"),
                        step("c", StepStatus.PENDING)))
                .containsExactly(
                        "a failed: The task ended while it ran: no model",
                        "b blocked: It depends on step a, which has failed: The task ended while it ran: no model",
                        "c skipped: The task ended before it: no model");
    }

    @Test
    void aTaskThatHasSucceededDidNotNeedTheRest() {
        assertThat(explained(TaskStatus.SUCCEEDED, step("a", StepStatus.SUCCEEDED), step("b", StepStatus.PENDING, "a")))
                .containsExactly("a succeeded", "b skipped: The task succeeded without it.");
    }

    private static Stream<String> explained(TaskStatus status, Step... steps) {
        return Undone.explained(task(status), List.of(steps), Set.of()).stream().map(UndoneTest::shown);
    }

    private static String shown(Step step) {
        String why = step.error() == null ? step.reason() : step.error();
        return step.id() + " " + step.status().wire() + (why == null ? "" : ": " + why);
    }

    private static Step step(String id, StepStatus status, String... after) {
        return new Step(
                new StepId(id),
                "do " + id,
                Stream.of(after).map(StepId::new).toList(),
                null,
                null,
                List.of(),
                null,
                status,
                null,
                status == StepStatus.FAILED ? "broken" : null);
    }

    private static TaskRow task(TaskStatus status) {
        boolean ended = status != TaskStatus.RUNNING;
        return new TaskRow(
                new TaskId("task-01234567-89ab-7def-8123-456789abcdef"),
                "org",
                "user",
                TaskRequest.of("goal"),
                status,
                null,
                ended ? "no model" : null,
                1,
                new Usage(0, 0, 0),
                1,
                "0".repeat(32),
                false,
                true,
                AT,
                AT,
                ended ? AT : null,
                AT,
                null);
    }
}
