package dev.titan.workflows.task;

import static dev.titan.workflows.task.ScriptedActivities.plan;
import static dev.titan.workflows.task.ScriptedActivities.planned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.failure.FailureType;
import dev.titan.contracts.review.Decision;
import dev.titan.contracts.task.TaskLimits;
import dev.titan.contracts.task.TaskOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParallelStepsTest {

    private final TestLoop loop = new TestLoop();

    @AfterEach
    void stop() {
        loop.close();
    }

    @Test
    void startsIndependentStepsTogetherAndDependentOnesAfterThem() {
        loop.activities.plans.add(plan(1, planned("a"), planned("b"), planned("c", "a", "b")));
        loop.activities.holdTools(2);

        assertThat(loop.run(TaskLimits.DEFAULT, 0)).isInstanceOf(TaskOutcome.Succeeded.class);
        assertThat(loop.activities.asked)
                .containsSubsequence("review a succeeded", "c 1", "judge 0")
                .containsSubsequence("review b succeeded", "c 1");
    }

    @Test
    void runsNoMoreThanFourStepsAtOnce() {
        loop.activities.plans.add(
                plan(1, planned("a"), planned("b"), planned("c"), planned("d"), planned("e"), planned("f")));
        loop.activities.holdTools(4);

        assertThat(loop.run(TaskLimits.DEFAULT, 0)).isInstanceOf(TaskOutcome.Succeeded.class);
        assertThat(loop.activities.mostToolsAtOnce()).isEqualTo(4);
    }

    @Test
    void createsOneSandboxForStepsThatNeedItAtOnce() {
        loop.activities.plans.add(plan(1, planned("a"), planned("b"), planned("c")));

        loop.run(TaskLimits.DEFAULT, 0);

        assertThat(loop.activities.asked).filteredOn("create"::equals).hasSize(1);
    }

    @Test
    void finishesWhatRunsBeforeThePlanIsRevisedAndKeepsIt() {
        loop.activities.plans.add(plan(1, planned("a"), planned("b"), planned("c", "a")));
        loop.activities.plans.add(plan(2, planned("d")));
        loop.activities.decisionsOf("a", Decision.REVISE_PLAN);
        loop.activities.holdTools(2);

        loop.run(TaskLimits.DEFAULT, 0);

        assertThat(loop.activities.asked)
                .containsSubsequence("review b succeeded", "plan 2 keeping [b]", "d 1", "judge 0")
                .doesNotContain("c 1");
    }

    @Test
    void endsWhatRunsWhenTheTaskCannotGoOn() {
        loop.activities.plans.add(plan(1, planned("a"), planned("b")));
        loop.activities.holdTools(2);
        loop.activities.failures.add(FailureType.WORKSPACE_LOST);
        loop.activities.toolHangs = true;

        var outcome = loop.run(TaskLimits.DEFAULT, 0);

        assertThat(outcome).isInstanceOf(TaskOutcome.Failed.class);
        assertThat(loop.activities.asked).contains("tool stopped").endsWith("destroy");
    }

    @Test
    void replaysItsOwnHistory() throws Exception {
        loop.activities.plans.add(plan(1, planned("a"), planned("b"), planned("c", "a"), planned("d", "a", "b")));

        loop.run(TaskLimits.DEFAULT, 1);

        loop.replay();
    }
}
