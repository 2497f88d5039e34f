package dev.titan.store.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.chat.Role;
import dev.titan.contracts.chat.Usage;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.Plan;
import dev.titan.contracts.plan.PlannedCall;
import dev.titan.contracts.plan.Step;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.review.Decision;
import dev.titan.contracts.review.Review;
import dev.titan.contracts.task.TaskId;
import dev.titan.store.PostgresExtension;
import dev.titan.store.StoreDatabase;
import dev.titan.store.TestTasks;
import dev.titan.store.event.EventLog;
import dev.titan.store.task.TaskRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
@Tag("postgres")
class PlanRepositoryIT {

    private final StoreDatabase database;
    private final EventLog log;
    private final PlanRepository plans;

    PlanRepositoryIT(StoreDatabase database) {
        this.database = database;
        this.log = new EventLog(database.jdbc(), database.transaction());
        this.plans = new PlanRepository(database.jdbc());
    }

    @Test
    void aVersionIsStoredOnce() {
        TaskId task = TestTasks.accepted(database);
        Plan plan = plan(1, "a", "b");

        plans.save(task, plan);
        plans.save(task, plan(1, "other"));

        assertThat(plans.latest(task)).contains(plan);
        assertThat(plans.find(task, 2)).isEmpty();
        assertThat(plans.latest(TestTasks.newId())).isEmpty();
    }

    @Test
    void stepsComeBackWithWhereTheyAreNow() {
        TaskId task = TestTasks.accepted(database);
        adopt(task, plan(1, "a", "b", "c"), 0);
        append(task, "a1", "a", new TaskEvent.StepStarted(1));
        append(task, "a2", "a", new TaskEvent.StepCompleted(1, StepStatus.SUCCEEDED, "ok\u0000", null));
        append(task, "b1", "b", new TaskEvent.StepStarted(1));

        assertThat(plans.latest(task).orElseThrow().steps())
                .extracting(Step::status, Step::result)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(StepStatus.SUCCEEDED, "ok\uFFFD"),
                        org.assertj.core.groups.Tuple.tuple(StepStatus.RUNNING, null),
                        org.assertj.core.groups.Tuple.tuple(StepStatus.PENDING, null));
    }

    @Test
    void aCorrectionSkipsWhatItDropsAndBeginsAnewWhatFailed() {
        TaskId task = TestTasks.accepted(database);
        adopt(task, plan(1, "kept", "failed", "dropped"), 0);
        append(task, "k", "kept", new TaskEvent.StepCompleted(1, StepStatus.SUCCEEDED, "fine", null));
        append(task, "f", "failed", new TaskEvent.StepCompleted(1, StepStatus.FAILED, null, "broken"));
        adopt(task, plan(2, "kept", "failed", "added"), 1);

        assertThat(plans.find(task, 1).orElseThrow().steps())
                .extracting(Step::status)
                .containsExactly(StepStatus.SUCCEEDED, StepStatus.PENDING, StepStatus.SKIPPED);
        assertThat(plans.latest(task).orElseThrow().steps())
                .extracting(Step::status)
                .containsExactly(StepStatus.SUCCEEDED, StepStatus.PENDING, StepStatus.PENDING);
    }

    /** Its review let the plan go on, so it is closed and not done again. */
    @Test
    void aFailedStepThatARevisedPlanKeepsStaysFailed() {
        TaskId task = TestTasks.accepted(database);
        adopt(task, plan(1, "kept", "dropped"), 0);
        append(task, "k", "kept", new TaskEvent.StepCompleted(1, StepStatus.FAILED, "broken", "broken"));
        review(task, "kept", 1, Decision.CONTINUE);
        Step kept = plans.latest(task).orElseThrow().steps().getFirst();
        adopt(task, new Plan(2, "because", List.of(kept, step("added"))), 1);

        assertThat(shown(task).steps())
                .extracting(Step::status, Step::error)
                .containsExactly(Tuple.tuple(StepStatus.FAILED, "broken"), Tuple.tuple(StepStatus.PENDING, null));
    }

    @Test
    void whatARevisedPlanLeavesOutIsShownWithTheReason() {
        TaskId task = TestTasks.accepted(database);
        adopt(task, plan(1, "kept", "failed", "dropped"), 0);
        append(task, "k", "kept", new TaskEvent.StepCompleted(1, StepStatus.SUCCEEDED, "fine", null));
        append(task, "f", "failed", new TaskEvent.StepCompleted(1, StepStatus.FAILED, null, "broken"));
        adopt(task, plan(2, "kept", "added"), 1);

        ShownPlan shown = shown(task);

        assertThat(shown.steps()).extracting(Step::status).containsExactly(StepStatus.SUCCEEDED, StepStatus.PENDING);
        assertThat(shown.dropped())
                .extracting(step -> step.id().value(), Step::status, Step::error, Step::reason)
                .containsExactly(
                        Tuple.tuple("failed", StepStatus.FAILED, "broken", null),
                        Tuple.tuple("dropped", StepStatus.SKIPPED, null, "Version 2 of the plan leaves it out: why"));
    }

    @Test
    void whatAFinishedPlanHasLeftIsSkippedUntilAnotherPlanTakesItUp() {
        TaskId task = TestTasks.accepted(database);
        adopt(task, plan(1, "a", "b"), 0);
        append(task, "a", "a", new TaskEvent.StepCompleted(1, StepStatus.SUCCEEDED, "ok", null));
        review(task, "a", 1, Decision.FINISH);

        assertThat(shown(task).steps().getLast())
                .extracting(Step::status, Step::reason)
                .containsExactly(StepStatus.SKIPPED, "The review of step a finished the plan.");

        adopt(task, plan(2, "a", "b"), 1);
        assertThat(shown(task).steps().getLast())
                .extracting(Step::status, Step::reason)
                .containsExactly(StepStatus.PENDING, null);
    }

    @Test
    void aFailedStepBlocksUntilItsReviewLetsThePlanGoOn() {
        TaskId task = TestTasks.accepted(database);
        Step after = new Step(
                new StepId("b"),
                "b",
                List.of(new StepId("a")),
                null,
                null,
                List.of(),
                null,
                StepStatus.PENDING,
                null,
                null);
        adopt(task, new Plan(1, "because", List.of(step("a"), after)), 0);
        append(task, "a1", "a", new TaskEvent.StepCompleted(1, StepStatus.FAILED, "no", "no"));
        assertThat(shown(task).steps().getLast())
                .extracting(Step::status, Step::reason)
                .containsExactly(StepStatus.BLOCKED, "It depends on step a, which has failed: no");

        review(task, "a", 1, Decision.OTHER_TOOL);
        assertThat(shown(task).steps().getLast().status()).isEqualTo(StepStatus.BLOCKED);

        append(task, "a2", "a", new TaskEvent.StepCompleted(2, StepStatus.FAILED, "no", "no"));
        review(task, "a", 2, Decision.CONTINUE);
        assertThat(shown(task).steps().getLast().status()).isEqualTo(StepStatus.PENDING);
    }

    private ShownPlan shown(TaskId task) {
        var tasks = new TaskRepository(database.jdbc(), database.transaction(), log);
        return plans.shown(tasks.find(task).orElseThrow()).orElseThrow();
    }

    private void review(TaskId task, String step, int number, Decision decision) {
        append(
                task,
                "review_completed/%s/%d".formatted(step, number),
                step,
                new TaskEvent.ReviewCompleted(
                        new Review(decision, new Review.Critique(true, List.of(), List.of(), 1))));
    }

    @Test
    void endedStepsComeInTheOrderOfTheirEndsAlsoThoseALaterPlanDrops() {
        TaskId task = TestTasks.accepted(database);
        adopt(task, plan(1, "a", "b", "c"), 0);
        append(task, "b1", "b", new TaskEvent.StepCompleted(1, StepStatus.FAILED, "no", "no"));
        append(task, "a1", "a", new TaskEvent.StepCompleted(1, StepStatus.SUCCEEDED, "yes", null));
        adopt(task, plan(2, "a", "c"), 1);
        append(task, "c1", "c", new TaskEvent.StepStarted(1));

        assertThat(plans.ended(task))
                .extracting(EndedStep::id, EndedStep::attempt, EndedStep::status, EndedStep::error)
                .containsExactly(
                        Tuple.tuple(new StepId("b"), 1, StepStatus.FAILED, "no"),
                        Tuple.tuple(new StepId("a"), 1, StepStatus.SUCCEEDED, null));
        assertThat(plans.ended(task))
                .extracting(EndedStep::description)
                .isEqualTo(Arrays.asList(description(task, 1, "b"), description(task, 2, "a")));

        append(task, "b2", "b", new TaskEvent.StepCompleted(2, StepStatus.SUCCEEDED, "after all", null));
        assertThat(plans.ended(task))
                .as("a step that is taken up again ends anew")
                .extracting(EndedStep::id)
                .containsExactly(new StepId("a"), new StepId("b"));
        assertThat(plans.ended(TestTasks.accepted(database))).isEmpty();
    }

    private String description(TaskId task, int version, String step) {
        return plans.find(task, version).orElseThrow().steps().stream()
                .filter(candidate -> candidate.id().value().equals(step))
                .findFirst()
                .orElseThrow()
                .description();
    }

    @Test
    void theTaskShowsItsPlanVersionAndWhatItHasSpent() {
        TaskId task = TestTasks.accepted(database);
        adopt(task, plan(1, "a"), 0);
        for (int call = 0; call < 3; call++) {
            append(
                    task,
                    "u" + call,
                    null,
                    new TaskEvent.UsageRecorded(Role.EXECUTOR, "p/m", "executor/1", 10, 2, Duration.ofSeconds(1)));
        }

        var row = new TaskRepository(database.jdbc(), database.transaction(), log)
                .find(task)
                .orElseThrow();
        assertThat(row.planVersion()).isEqualTo(1);
        assertThat(row.usage()).isEqualTo(new Usage(3, 30, 6));
    }

    private void adopt(TaskId task, Plan plan, int correction) {
        TaskEvent event = correction == 0
                ? new TaskEvent.PlanGenerated(plan)
                : new TaskEvent.CorrectionApplied(correction, "why", plan.version() - 1, plan);
        log.append(
                task,
                TestTasks.TRACE,
                List.of(new PendingEvent("plan/" + plan.version(), Instant.now(), null, null, event)),
                () -> plans.save(task, plan));
    }

    private void append(TaskId task, String key, @Nullable String step, TaskEvent event) {
        StepId id = step == null ? null : new StepId(step);
        log.append(task, TestTasks.TRACE, List.of(new PendingEvent(key, Instant.now(), id, 1, event)));
    }

    private static Plan plan(int version, String... steps) {
        return new Plan(
                version,
                "because",
                Arrays.stream(steps).map(PlanRepositoryIT::step).toList());
    }

    private static Step step(String id) {
        return new Step(
                new StepId(id),
                "do " + id,
                List.of(),
                "shell",
                new PlannedCall("shell", Map.of("command", "true")),
                List.of("done"),
                "output",
                StepStatus.PENDING,
                null,
                null);
    }
}
