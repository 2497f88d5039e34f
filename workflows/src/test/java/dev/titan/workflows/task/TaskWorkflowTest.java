package dev.titan.workflows.task;

import static dev.titan.workflows.task.ScriptedActivities.answer;
import static dev.titan.workflows.task.ScriptedActivities.call;
import static dev.titan.workflows.task.ScriptedActivities.calls;
import static dev.titan.workflows.task.ScriptedActivities.failed;
import static dev.titan.workflows.task.ScriptedActivities.open;
import static dev.titan.workflows.task.ScriptedActivities.plan;
import static dev.titan.workflows.task.ScriptedActivities.planned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.contracts.failure.FailureType;
import dev.titan.contracts.review.Decision;
import dev.titan.contracts.review.Verdict;
import dev.titan.contracts.task.TaskLimits;
import dev.titan.contracts.task.TaskOutcome;
import dev.titan.contracts.task.TaskReason;
import dev.titan.contracts.task.TaskTerms;
import dev.titan.contracts.tool.CallOutline;
import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.ToolPlace;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskWorkflowTest {

    private final TestLoop loop = new TestLoop();
    private final ScriptedActivities activities = loop.activities;

    @AfterEach
    void stop() {
        loop.close();
    }

    @Test
    void collectsWhatWasMadeHoweverOftenItsSandboxIsLostMeanwhile() throws Exception {
        activities.plans.add(plan(1, planned("a")));
        activities.collectFailures.add(FailureType.SANDBOX_LOST);
        activities.collectFailures.add(FailureType.SANDBOX_LOST);

        assertThat(run(TaskLimits.DEFAULT, 0)).isEqualTo(new TaskOutcome.Succeeded("done"));
        assertThat(activities.asked)
                .endsWith("judge 0", "collect", "restore 1 lost", "collect", "restore 2 lost", "collect", "destroy");
        loop.replay();
    }

    @Test
    void runsPlannedCallsInTheOrderOfTheirDependencies() {
        activities.plans.add(plan(1, planned("test", "build"), planned("build")));

        assertThat(run(TaskLimits.DEFAULT, 0)).isEqualTo(new TaskOutcome.Succeeded("done"));
        assertThat(activities.asked)
                .containsExactly(
                        "interpret",
                        "plan 1 keeping []",
                        "create",
                        "build 1",
                        "review build succeeded",
                        "test 1",
                        "review test succeeded",
                        "judge 0",
                        "collect",
                        "destroy");
        assertThat(activities.recorded)
                .containsExactly("task_started", "step_started/build/1/1", "step_started/test/1/1", "end");
    }

    @Test
    void asksTheModelWhenAPlannedCallFails() {
        activities.plans.add(plan(1, planned("build")));
        activities.reports.add(failed("first"));
        activities.turns.add(calls(call("shell", "repair")));
        activities.turns.add(answer());

        assertThat(run(TaskLimits.DEFAULT, 0)).isInstanceOf(TaskOutcome.Succeeded.class);
        assertThat(activities.asked)
                .containsSubsequence(
                        "build 1", "turn build/2 null", "build 2", "turn build/3 null", "review build succeeded");
    }

    @Test
    void keepsFinishedStepsWhenThePlanIsRevised() {
        activities.plans.add(plan(1, planned("a"), planned("b", "a")));
        activities.plans.add(plan(2, planned("a"), planned("c", "a")));
        activities.decisions.add(Decision.CONTINUE);
        activities.decisions.add(Decision.REVISE_PLAN);

        assertThat(run(TaskLimits.DEFAULT, 0)).isInstanceOf(TaskOutcome.Succeeded.class);
        assertThat(activities.asked)
                .containsSubsequence("a 1", "b 1", "review b succeeded", "plan 2 keeping [a]", "c 1", "judge 0")
                .doesNotContain("a 2");
    }

    @Test
    void triesAStepByOtherMeansWithoutReusingItsTurns() {
        activities.plans.add(plan(1, planned("a")));
        activities.decisions.add(Decision.OTHER_TOOL);
        activities.turns.add(calls(call("file_write", "x")));
        activities.turns.add(answer());

        run(TaskLimits.DEFAULT, 0);

        assertThat(activities.asked)
                .containsSubsequence(
                        "a 1", "review a succeeded", "turn a/2 OTHER_TOOL", "a 2", "turn a/3 null", "judge 0");
        assertThat(activities.recorded).contains("step_started/a/1/1", "step_started/a/1/2");
    }

    @Test
    void replansWhenTheVerdictIsNotMetUntilCorrectionsAreUsedUp() {
        for (int version = 1; version <= 3; version++) {
            activities.plans.add(plan(version, planned("v" + version)));
            activities.verdicts.add(new Verdict(false, true, "tests fail", null));
        }

        var outcome = (TaskOutcome.Failed) run(new TaskLimits(50, 2), 0);

        assertThat(outcome.reason()).isEqualTo(TaskReason.STUCK);
        assertThat(activities.asked).containsSubsequence("plan 2 keeping [v1]", "plan 3 keeping [v1, v2]");
    }

    @Test
    void endsWhenTheVerdictSaysThatNothingCanHelp() {
        activities.plans.add(plan(1, planned("a")));
        activities.verdicts.add(new Verdict(false, false, "no such service", null));

        assertThat(run(TaskLimits.DEFAULT, 0))
                .isEqualTo(new TaskOutcome.Failed(TaskReason.CRITERIA_UNMET, "no such service"));
    }

    @Test
    void stopsAtTheStepLimit() {
        activities.plans.add(plan(1, open("count")));
        IntStream.range(0, 10).forEach(i -> activities.turns.add(calls(call("shell", "n" + i))));

        var outcome = (TaskOutcome.Failed) run(new TaskLimits(4, 5), 0);

        assertThat(outcome.reason()).isEqualTo(TaskReason.TIMEOUT);
        assertThat(activities.asked).contains("count 4").doesNotContain("count 5");
    }

    @Test
    void nudgesThenEndsTheStepThenGivesUpOnARepeatedCall() {
        activities.plans.add(plan(1, open("a")));
        activities.plans.add(plan(2, open("b")));
        activities.decisions.add(Decision.REVISE_PLAN);
        activities.turns.add(calls(call("shell", "same")));
        IntStream.range(0, 7).forEach(_ -> activities.reports.add(failed("same")));

        var outcome = (TaskOutcome.Failed) run(TaskLimits.DEFAULT, 0);

        assertThat(outcome.reason()).isEqualTo(TaskReason.STUCK);
        assertThat(activities.asked)
                .containsSubsequence(
                        "turn a/3 null", "turn a/4 REPEATING", "review a failed", "plan 2 keeping []", "turn b/2 null");
    }

    @Test
    void runsTheChecksBeforeTheVerdict() {
        activities.plans.add(plan(1, planned("a")));

        run(TaskLimits.DEFAULT, 2);

        assertThat(activities.asked).containsSubsequence("verify 1", "verify 1", "judge 1");
    }

    @Test
    void makesACallAgainInTheSandboxThatReplacesALostOne() {
        activities.plans.add(plan(1, planned("a"), planned("b", "a")));
        activities.failures.add(FailureType.SANDBOX_LOST);

        assertThat(run(TaskLimits.DEFAULT, 1)).isInstanceOf(TaskOutcome.Succeeded.class);
        assertThat(activities.asked)
                .containsSubsequence(
                        "create",
                        "a 1",
                        "restore 1 lost",
                        "a 1 in 2",
                        "review a succeeded",
                        "b 1 in 2",
                        "verify 1 in 2")
                .endsWith("judge 1", "collect", "destroy");
    }

    @Test
    void restoresASandboxThatWasStoppedForBeingIdleAsOftenAsNeeded() {
        activities.plans.add(plan(1, planned("a")));
        for (int i = 0; i <= TaskSandbox.LOSSES_MAX; i++) {
            activities.failures.add(FailureType.SANDBOX_HIBERNATED);
        }

        assertThat(run(TaskLimits.DEFAULT, 0)).isInstanceOf(TaskOutcome.Succeeded.class);
        assertThat(activities.asked).contains("restore 1 hibernated", "restore 6 hibernated", "a 1 in 7");
    }

    @Test
    void givesUpOnATaskThatLosesItsSandboxAgainAndAgain() {
        activities.plans.add(plan(1, planned("a")));
        for (int i = 0; i <= TaskSandbox.LOSSES_MAX; i++) {
            activities.failures.add(FailureType.SANDBOX_LOST);
        }

        assertThat(run(TaskLimits.DEFAULT, 0)).isEqualTo(new TaskOutcome.Failed(TaskReason.SANDBOX_LOST, "gone"));
        assertThat(activities.asked).contains("restore 5 lost", "a 1 in 6").doesNotContain("restore 6 lost");
    }

    @Test
    void replacesASandboxOnceForCallsThatRunSideBySide() {
        CallOutline first = new CallOutline("file_read", 0, "x", EffectClass.PURE, ToolPlace.SANDBOX, true, false);
        CallOutline second = new CallOutline("file_read", 1, "y", EffectClass.PURE, ToolPlace.SANDBOX, true, false);
        activities.plans.add(plan(1, open("a")));
        activities.turns.add(calls(first, second));
        activities.turns.add(answer());
        activities.failures.add(FailureType.SANDBOX_LOST);
        activities.failures.add(FailureType.SANDBOX_LOST);

        assertThat(run(TaskLimits.DEFAULT, 0)).isInstanceOf(TaskOutcome.Succeeded.class);
        assertThat(activities.asked).filteredOn("restore 1 lost"::equals).hasSize(1);
        assertThat(activities.asked).filteredOn("a 1 in 2"::equals).hasSize(2);
    }

    @Test
    void turnsAFailedModelCallIntoAnOutcomeWithoutASandbox() {
        activities.interpretFailure =
                ApplicationFailure.newNonRetryableFailure("no key", FailureType.MODEL_KEY_MISSING.name());

        assertThat(run(TaskLimits.DEFAULT, 0)).isEqualTo(new TaskOutcome.Failed(TaskReason.MODEL_ERROR, "no key"));
        assertThat(activities.asked).containsExactly("interpret");
        assertThat(activities.recorded).contains("task_started", "end");
    }

    @Test
    void cancellationReachesARunningToolAndTakesTheSandboxAway() throws Exception {
        activities.plans.add(plan(1, planned("sleep")));
        activities.toolHangs = true;
        WorkflowStub stub = loop.start(TaskTerms.DEFAULT);
        activities.toolEntered.await();

        stub.cancel();

        assertThatThrownBy(() -> stub.getResult(TaskOutcome.class)).hasCauseInstanceOf(CanceledFailure.class);
        assertThat(activities.asked)
                .contains("tool stopped")
                .endsWith("destroy")
                .doesNotContain("collect");
        assertThat(activities.recorded).endsWith("end");
    }

    @Test
    void replaysItsOwnHistory() throws Exception {
        activities.plans.add(plan(1, planned("a"), open("b")));
        activities.turns.add(calls(call("shell", "x")));
        activities.turns.add(answer());
        run(TaskLimits.DEFAULT, 1);

        loop.replay();
    }

    private TaskOutcome run(TaskLimits limits, int checks) {
        return loop.run(limits, checks);
    }
}
