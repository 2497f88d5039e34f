package dev.titan.workflows.task;

import static dev.titan.workflows.task.ScriptedActivities.answer;
import static dev.titan.workflows.task.ScriptedActivities.call;
import static dev.titan.workflows.task.ScriptedActivities.calls;
import static dev.titan.workflows.task.ScriptedActivities.open;
import static dev.titan.workflows.task.ScriptedActivities.plan;
import static dev.titan.workflows.task.ScriptedActivities.planned;
import static dev.titan.workflows.task.ScriptedActivities.risky;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.contracts.failure.FailureType;
import dev.titan.contracts.task.Lanes;
import dev.titan.contracts.task.TaskOutcome;
import dev.titan.contracts.task.TaskTerms;
import dev.titan.contracts.tool.FastReport;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FastLaneTest {

    private final TestLoop loop = new TestLoop();
    private final ScriptedActivities activities = loop.activities;

    @BeforeEach
    void openTheFastLane() {
        loop.lanes = Lanes.TWO;
    }

    @AfterEach
    void stop() {
        loop.close();
    }

    @Test
    void makesShortCallsWithoutARegularActivity() throws Exception {
        activities.plans.add(plan(1, planned("a"), planned("b", "a")));

        assertThat(run()).isEqualTo(new TaskOutcome.Succeeded("done"));
        assertThat(activities.asked)
                .containsSubsequence("fast a 1", "review a succeeded", "fast b 1", "review b succeeded")
                .doesNotContain("a 1", "b 1");
        loop.replay();
    }

    @Test
    void handsACallThatGoesOnToARegularActivity() throws Exception {
        activities.plans.add(plan(1, planned("a")));
        activities.fast.add(new FastReport.StillRunning());

        assertThat(run()).isEqualTo(new TaskOutcome.Succeeded("done"));
        assertThat(activities.asked).containsSubsequence("fast a 1", "a 1", "review a succeeded");
        loop.replay();
    }

    @Test
    void doesNotTryAgainWhatIsElsewhere() throws Exception {
        activities.plans.add(plan(1, planned("a"), planned("b", "a")));
        activities.fast.add(new FastReport.NotHere());

        assertThat(run()).isEqualTo(new TaskOutcome.Succeeded("done"));
        assertThat(activities.asked)
                .containsSubsequence("fast a 1", "a 1", "b 1")
                .doesNotContain("fast b 1");
        loop.replay();
    }

    @Test
    void leavesFailuresToTheRegularLane() {
        activities.plans.add(plan(1, planned("a")));
        activities.failures.add(FailureType.SANDBOX_LOST);
        activities.failures.add(FailureType.SANDBOX_LOST);

        assertThat(run()).isEqualTo(new TaskOutcome.Succeeded("done"));
        assertThat(activities.asked)
                .containsSubsequence("fast a 1", "a 1", "restore 1 lost", "fast a 1 in 2", "review a succeeded");
    }

    @Test
    void neverTakesWhatMustNotBeRepeated() {
        activities.plans.add(plan(1, open("a")));
        activities.turns.add(calls(risky("x")));
        activities.turns.add(calls(call("shell", "y")));
        activities.turns.add(answer());

        assertThat(run()).isEqualTo(new TaskOutcome.Succeeded("done"));
        assertThat(activities.asked).containsSubsequence("a 1", "fast a 2").doesNotContain("fast a 1", "a 2");
    }

    @Test
    void recordsTheEndOfACallThatACancelMetBetweenTheLanes() {
        activities.plans.add(plan(1, planned("a")));
        activities.fast.add(new FastReport.StillRunning());
        activities.fastMayEnd = new CountDownLatch(1);
        activities.toolHangs = true;

        WorkflowStub task = loop.start(TaskTerms.DEFAULT);
        activities.awaitTool();
        task.cancel();
        activities.fastMayEnd.countDown();

        assertThatThrownBy(() -> task.getResult(TaskOutcome.class)).hasCauseInstanceOf(CanceledFailure.class);
        assertThat(activities.asked).containsSubsequence("fast a 1", "a 1 Withdrawn", "destroy");
    }

    @Test
    void takesABreakAfterHalfASecondSoThatOthersAreHeard() throws Exception {
        activities.plans.add(plan(1, open("a")));
        activities.turns.add(calls(call("shell", "x"), call("shell", "y"), call("shell", "z")));
        activities.turns.add(answer());
        activities.fastTakes = Duration.ofMillis(600); // each is too long by itself, so a slow machine changes nothing

        assertThat(run()).isEqualTo(new TaskOutcome.Succeeded("done"));
        assertThat(activities.asked).containsSubsequence("fast a 1", "a 1", "fast a 1", "review a succeeded");
        loop.replay();
    }

    @Test
    void countsNoBusyTimeOfEarlierWorkflowTasks() {
        activities.plans.add(plan(1, planned("a"), planned("b", "a"), planned("c", "b"), planned("d", "c")));
        activities.fastTakes = Duration.ofMillis(300);

        assertThat(run()).isEqualTo(new TaskOutcome.Succeeded("done"));
        assertThat(activities.asked).containsSubsequence("fast c 1", "review c succeeded", "fast d 1");
    }

    private TaskOutcome run() {
        return loop.start(TaskTerms.DEFAULT).getResult(TaskOutcome.class);
    }
}
