package dev.titan.store.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.titan.contracts.chat.Role;
import dev.titan.contracts.chat.Usage;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.Plan;
import dev.titan.contracts.plan.Step;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.review.Decision;
import dev.titan.contracts.review.Review;
import dev.titan.contracts.task.TaskReason;
import dev.titan.contracts.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProjectionTest {

    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");

    private static final StepId STEP = new StepId("s1");
    private static final Plan PLAN = new Plan(
            1,
            "because",
            List.of(new Step(STEP, "do", List.of(), null, null, List.of(), null, StepStatus.PENDING, null, null)));

    static Stream<Arguments> events() {
        return Stream.of(
                arguments(new TaskEvent.TaskQueued("g"), new Projection.Nothing()),
                arguments(new TaskEvent.TaskStarted(), moved(TaskStatus.RUNNING, null, null)),
                arguments(new TaskEvent.PlanGenerated(PLAN), new Projection.Planned(PLAN, null)),
                arguments(new TaskEvent.CorrectionApplied(1, "w", 1, PLAN), new Projection.Planned(PLAN, "w")),
                arguments(reviewed(Decision.FINISH), new Projection.Finished(STEP)),
                arguments(reviewed(Decision.CONTINUE), new Projection.Nothing()),
                arguments(
                        new TaskEvent.StepStarted(2),
                        new Projection.StepMoved(STEP, 2, StepStatus.RUNNING, null, null)),
                arguments(
                        new TaskEvent.StepCompleted(2, StepStatus.FAILED, "r", "e"),
                        new Projection.StepMoved(STEP, 2, StepStatus.FAILED, "r", "e")),
                arguments(new TaskEvent.Completed("42"), moved(TaskStatus.SUCCEEDED, null, "42")),
                arguments(
                        new TaskEvent.Failed(TaskReason.TIMEOUT, "m"),
                        moved(TaskStatus.FAILED, TaskReason.TIMEOUT, "m")),
                arguments(
                        new TaskEvent.Failed(TaskReason.USER, "m"), moved(TaskStatus.CANCELLED, TaskReason.USER, "m")),
                arguments(
                        new TaskEvent.ApprovalRequested("a", "t", Map.of(), "h", NOW),
                        moved(TaskStatus.WAITING, TaskReason.APPROVAL, null)),
                arguments(new TaskEvent.ApprovalDecided("a", "approved"), new Projection.Nothing()),
                arguments(
                        new TaskEvent.InputRequested("which one?", NOW),
                        moved(TaskStatus.WAITING, TaskReason.INPUT, null)),
                arguments(
                        new TaskEvent.Paused(TaskReason.BUDGET_REACHED),
                        moved(TaskStatus.PAUSED, TaskReason.BUDGET_REACHED, null)),
                arguments(new TaskEvent.Resumed(null), moved(TaskStatus.RUNNING, null, null)),
                arguments(
                        new TaskEvent.Resumed(TaskReason.APPROVAL),
                        moved(TaskStatus.WAITING, TaskReason.APPROVAL, null)),
                arguments(
                        new TaskEvent.UsageRecorded(Role.PLANNER, "p/m", "planner/1", 3, 4, Duration.ofMillis(5)),
                        new Projection.Spent(new Usage(1, 3, 4))),
                arguments(new TaskEvent.ToolCalled(0, "t", Map.of()), new Projection.Nothing()),
                arguments(new TaskEvent.SandboxLost("s", "r"), new Projection.Nothing()));
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventChangesWhatItSays(TaskEvent event, Projection expected) {
        assertThat(Projection.of(new PendingEvent("k", Instant.EPOCH, STEP, 1, event)))
                .isEqualTo(expected);
    }

    @Test
    void anEventAboutAStepMustNameIt() {
        var nameless = new PendingEvent("k7", Instant.EPOCH, null, null, new TaskEvent.StepStarted(1));

        assertThatThrownBy(() -> Projection.of(nameless)).hasMessageContaining("k7");
    }

    private static TaskEvent reviewed(Decision decision) {
        return new TaskEvent.ReviewCompleted(new Review(decision, new Review.Critique(true, List.of(), List.of(), 1)));
    }

    private static Projection moved(TaskStatus status, @Nullable TaskReason reason, @Nullable String message) {
        return new Projection.Moved(status, reason, message);
    }
}
