package dev.titan.workflows.task;

import static dev.titan.workflows.task.ScriptedActivities.call;
import static dev.titan.workflows.task.ScriptedActivities.failed;
import static dev.titan.workflows.task.ScriptedActivities.open;
import static dev.titan.workflows.task.ScriptedActivities.planned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.contracts.chat.TurnOutline;
import dev.titan.contracts.failure.FailureType;
import dev.titan.contracts.json.TitanDataConverter;
import dev.titan.contracts.plan.PlanOutline;
import dev.titan.contracts.review.Decision;
import dev.titan.contracts.review.Verdict;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskLimits;
import dev.titan.contracts.task.TaskOutcome;
import dev.titan.contracts.task.TaskReason;
import dev.titan.contracts.task.TaskStart;
import dev.titan.contracts.task.TaskWorkflow;
import dev.titan.contracts.tool.CallOutline;
import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.ToolPlace;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskWorkflowTest {

    private static final TaskId TASK = new TaskId("task-01234567-89ab-7def-8123-456789abcdef");

    private final ScriptedActivities activities = new ScriptedActivities();
    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(TitanDataConverter.create())
                            .build())
                    .registerSearchAttribute("TitanStatus", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                    .build());

    private Worker worker;

    @BeforeEach
    void startWorkers() {
        // Without a sticky queue every workflow task replays the whole history, so non-determinism shows at once.
        var replaying = WorkerOptions.newBuilder()
                .setStickyQueueScheduleToStartTimeout(Duration.ZERO)
                .build();
        worker = temporal.newWorker(TaskWorkflow.TASK_QUEUE, replaying);
        worker.registerWorkflowImplementationTypes(TaskWorkflowImpl.class);
        worker.registerActivitiesImplementations(activities.all());
        for (String queue : List.of(SandboxRef.CREATE_QUEUE, SandboxRef.CREATE_QUEUE + "@here")) {
            temporal.newWorker(queue).registerActivitiesImplementations(activities.all());
        }
        temporal.start();
    }

    @AfterEach
    void stop() {
        activities.toolHangs = false;
        temporal.close();
    }

    @Test
    void runsPlannedCallsInTheOrderOfTheirDependencies() {
        activities.plans.add(new PlanOutline(1, List.of(planned("test", "build"), planned("build"))));

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
        activities.plans.add(new PlanOutline(1, List.of(planned("build"))));
        activities.reports.add(failed("first"));
        activities.turns.add(new TurnOutline.Calls(List.of(call("shell", "repair"))));
        activities.turns.add(new TurnOutline.Answer());

        assertThat(run(TaskLimits.DEFAULT, 0)).isInstanceOf(TaskOutcome.Succeeded.class);
        assertThat(activities.asked)
                .containsSubsequence(
                        "build 1", "turn build/2 null", "build 2", "turn build/3 null", "review build succeeded");
    }

    @Test
    void keepsFinishedStepsWhenThePlanIsRevised() {
        activities.plans.add(new PlanOutline(1, List.of(planned("a"), planned("b"))));
        activities.plans.add(new PlanOutline(2, List.of(planned("a"), planned("c", "a"))));
        activities.decisions.add(Decision.CONTINUE);
        activities.decisions.add(Decision.REVISE_PLAN);

        assertThat(run(TaskLimits.DEFAULT, 0)).isInstanceOf(TaskOutcome.Succeeded.class);
        assertThat(activities.asked)
                .containsSubsequence("a 1", "b 1", "review b succeeded", "plan 2 keeping [a]", "c 1", "judge 0")
                .doesNotContain("a 2");
    }

    @Test
    void triesAStepByOtherMeansWithoutReusingItsTurns() {
        activities.plans.add(new PlanOutline(1, List.of(planned("a"))));
        activities.decisions.add(Decision.OTHER_TOOL);
        activities.turns.add(new TurnOutline.Calls(List.of(call("file_write", "x"))));
        activities.turns.add(new TurnOutline.Answer());

        run(TaskLimits.DEFAULT, 0);

        assertThat(activities.asked)
                .containsSubsequence(
                        "a 1", "review a succeeded", "turn a/2 OTHER_TOOL", "a 2", "turn a/3 null", "judge 0");
        assertThat(activities.recorded).contains("step_started/a/1/1", "step_started/a/1/2");
    }

    @Test
    void replansWhenTheVerdictIsNotMetUntilCorrectionsAreUsedUp() {
        for (int version = 1; version <= 3; version++) {
            activities.plans.add(new PlanOutline(version, List.of(planned("v" + version))));
            activities.verdicts.add(new Verdict(false, true, "tests fail"));
        }

        var outcome = (TaskOutcome.Failed) run(new TaskLimits(50, 2), 0);

        assertThat(outcome.reason()).isEqualTo(TaskReason.STUCK);
        assertThat(activities.asked).containsSubsequence("plan 2 keeping [v1]", "plan 3 keeping [v1, v2]");
    }

    @Test
    void endsWhenTheVerdictSaysThatNothingCanHelp() {
        activities.plans.add(new PlanOutline(1, List.of(planned("a"))));
        activities.verdicts.add(new Verdict(false, false, "no such service"));

        assertThat(run(TaskLimits.DEFAULT, 0))
                .isEqualTo(new TaskOutcome.Failed(TaskReason.CRITERIA_UNMET, "no such service"));
    }

    @Test
    void stopsAtTheStepLimit() {
        activities.plans.add(new PlanOutline(1, List.of(open("count"))));
        IntStream.range(0, 10)
                .forEach(i -> activities.turns.add(new TurnOutline.Calls(List.of(call("shell", "n" + i)))));

        var outcome = (TaskOutcome.Failed) run(new TaskLimits(4, 5), 0);

        assertThat(outcome.reason()).isEqualTo(TaskReason.TIMEOUT);
        assertThat(activities.asked).contains("count 4").doesNotContain("count 5");
    }

    @Test
    void nudgesThenEndsTheStepThenGivesUpOnARepeatedCall() {
        activities.plans.add(new PlanOutline(1, List.of(open("a"))));
        activities.plans.add(new PlanOutline(2, List.of(open("b"))));
        activities.decisions.add(Decision.REVISE_PLAN);
        activities.turns.add(new TurnOutline.Calls(List.of(call("shell", "same"))));
        IntStream.range(0, 7).forEach(_ -> activities.reports.add(failed("same")));

        var outcome = (TaskOutcome.Failed) run(TaskLimits.DEFAULT, 0);

        assertThat(outcome.reason()).isEqualTo(TaskReason.STUCK);
        assertThat(activities.asked)
                .containsSubsequence(
                        "turn a/3 null", "turn a/4 REPEATING", "review a failed", "plan 2 keeping []", "turn b/2 null");
    }

    @Test
    void runsTheChecksBeforeTheVerdict() {
        activities.plans.add(new PlanOutline(1, List.of(planned("a"))));

        run(TaskLimits.DEFAULT, 2);

        assertThat(activities.asked).containsSubsequence("verify 1", "verify 1", "judge 1");
    }

    @Test
    void makesACallAgainInTheSandboxThatReplacesALostOne() {
        activities.plans.add(new PlanOutline(1, List.of(planned("a"), planned("b"))));
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
        activities.plans.add(new PlanOutline(1, List.of(planned("a"))));
        for (int i = 0; i <= TaskSandbox.LOSSES_MAX; i++) {
            activities.failures.add(FailureType.SANDBOX_HIBERNATED);
        }

        assertThat(run(TaskLimits.DEFAULT, 0)).isInstanceOf(TaskOutcome.Succeeded.class);
        assertThat(activities.asked).contains("restore 1 hibernated", "restore 6 hibernated", "a 1 in 7");
    }

    @Test
    void givesUpOnATaskThatLosesItsSandboxAgainAndAgain() {
        activities.plans.add(new PlanOutline(1, List.of(planned("a"))));
        for (int i = 0; i <= TaskSandbox.LOSSES_MAX; i++) {
            activities.failures.add(FailureType.SANDBOX_LOST);
        }

        assertThat(run(TaskLimits.DEFAULT, 0)).isEqualTo(new TaskOutcome.Failed(TaskReason.SANDBOX_LOST, "gone"));
        assertThat(activities.asked).contains("restore 5 lost", "a 1 in 6").doesNotContain("restore 6 lost");
    }

    @Test
    void replacesASandboxOnceForCallsThatRunSideBySide() {
        CallOutline first = new CallOutline("file_read", 0, "x", EffectClass.PURE, ToolPlace.SANDBOX, true);
        CallOutline second = new CallOutline("file_read", 1, "y", EffectClass.PURE, ToolPlace.SANDBOX, true);
        activities.plans.add(new PlanOutline(1, List.of(open("a"))));
        activities.turns.add(new TurnOutline.Calls(List.of(first, second)));
        activities.turns.add(new TurnOutline.Answer());
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
        activities.plans.add(new PlanOutline(1, List.of(planned("sleep"))));
        activities.toolHangs = true;
        WorkflowStub stub = start(TaskLimits.DEFAULT, 0);
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
        activities.plans.add(new PlanOutline(1, List.of(planned("a"), open("b"))));
        activities.turns.add(new TurnOutline.Calls(List.of(call("shell", "x"))));
        activities.turns.add(new TurnOutline.Answer());
        run(TaskLimits.DEFAULT, 1);

        WorkflowReplayer.replayWorkflowExecution(temporal.getWorkflowClient().fetchHistory(TASK.value()), worker);
    }

    private TaskOutcome run(TaskLimits limits, int checks) {
        return start(limits, checks).getResult(TaskOutcome.class);
    }

    private WorkflowStub start(TaskLimits limits, int checks) {
        WorkflowClient client = temporal.getWorkflowClient();
        WorkflowStub stub = client.newUntypedWorkflowStub(
                "Task",
                WorkflowOptions.newBuilder()
                        .setTaskQueue(TaskWorkflow.TASK_QUEUE)
                        .setWorkflowId(TASK.value())
                        .build());
        stub.start(new TaskStart(TASK, limits, checks, "0".repeat(32)));
        return stub;
    }
}
