package dev.titan.workflows.task;

import static dev.titan.workflows.task.ScriptedActivities.APPROVAL;
import static dev.titan.workflows.task.ScriptedActivities.HASH;
import static dev.titan.workflows.task.ScriptedActivities.answer;
import static dev.titan.workflows.task.ScriptedActivities.calls;
import static dev.titan.workflows.task.ScriptedActivities.hidden;
import static dev.titan.workflows.task.ScriptedActivities.open;
import static dev.titan.workflows.task.ScriptedActivities.plan;
import static dev.titan.workflows.task.ScriptedActivities.planned;
import static dev.titan.workflows.task.ScriptedActivities.risky;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.review.Decision;
import dev.titan.contracts.steering.ApprovalDecision;
import dev.titan.contracts.steering.ApprovalId;
import dev.titan.contracts.steering.ApprovalStatus;
import dev.titan.contracts.steering.CommandId;
import dev.titan.contracts.task.Autonomy;
import dev.titan.contracts.task.Budget;
import dev.titan.contracts.task.ReviewMode;
import dev.titan.contracts.task.TaskOutcome;
import dev.titan.contracts.task.TaskReason;
import dev.titan.contracts.task.TaskTerms;
import dev.titan.contracts.task.UnknownOutcome;
import dev.titan.contracts.tool.CallOutline;
import dev.titan.contracts.tool.EffectId;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A run that takes over knows what people have said, and asks for the rest again. */
@Timeout(60)
class NextRunTest {

    private static final TaskTerms ASKING = new TaskTerms(
            Autonomy.ASK_RISKY,
            Duration.ofDays(30),
            ReviewMode.EVERY_STEP,
            Budget.UNLIMITED,
            UnknownOutcome.ASK_PERSON);

    private static final ApprovalId OTHER = ApprovalId.of(new EffectId(TestLoop.TASK, new StepId("a"), 1, 1));

    private final TestLoop loop = new TestLoop();

    @AfterEach
    void stop() {
        loop.close();
    }

    @Test
    void knowsWhatWasDecidedForATurnThatIsNotDecidedYet() {
        script(risky("x"), risky(1, "y"));
        loop.start(ASKING);
        awaitAsked("approval a/1", 2);
        decide(1, APPROVAL);

        handOver();
        awaitAsked("approval a/1", 4);
        decide(2, OTHER);

        assertThat(outcome()).isInstanceOf(TaskOutcome.Succeeded.class);
        assertThat(loop.activities.asked)
                .filteredOn(asked -> asked.startsWith("a 1"))
                .containsExactly("a 1 Approved", "a 1 Approved");
    }

    @Test
    void knowsTheCallsWhoseOutcomeAPersonWasAskedFor() {
        script(risky("x"));
        loop.activities.reports.add(hidden());
        loop.activities.reports.add(hidden());
        loop.start(ASKING);
        awaitAsked("approval a/1", 1);
        decide(1, APPROVAL);
        awaitAsked("outcome a/1", 1);

        handOver();
        awaitAsked("outcome a/1", 2);
        say(2);

        assertThat(outcome()).isInstanceOf(TaskOutcome.Succeeded.class);
        assertThat(loop.activities.asked)
                .filteredOn(asked -> asked.startsWith("a 1"))
                .containsExactly("a 1 Approved", "a 1 Approved", "a 1 Told");
    }

    /** The turn was answered before the message came, and is taken again after it. */
    @Test
    void showsAMessageAtTheTurnAfterTheOneThatIsTakenAgain() {
        script(risky("x"));
        loop.start(ASKING);
        awaitAsked("approval a/1", 1);
        say(1);

        handOver();
        awaitAsked("approval a/1", 2);
        decide(2, APPROVAL);

        assertThat(outcome()).isInstanceOf(TaskOutcome.Succeeded.class);
        assertThat(loop.activities.asked)
                .filteredOn(asked -> asked.startsWith("turn"))
                .containsExactly("turn a/1 null", "turn a/1 null", "turn a/2 null messages 1-1");
    }

    @Test
    void saysThatItWaitsForWhomTheRunBeforeHasAsked() {
        script(risky("x"));
        loop.start(ASKING);
        awaitAsked("approval a/1", 1);
        task().update("pause", Void.class, command(1));

        handOver();
        task().update("resume", Void.class, command(2));
        awaitAsked("approval a/1", 2);
        decide(3, APPROVAL);

        assertThat(outcome()).isInstanceOf(TaskOutcome.Succeeded.class);
        assertThat(loop.activities.events)
                .extracting(PendingEvent::data)
                .filteredOn(TaskEvent.Resumed.class::isInstance)
                .startsWith(new TaskEvent.Resumed(TaskReason.APPROVAL))
                .endsWith(new TaskEvent.Resumed(null));
    }

    /** Step a waits for a person when step b asks for another plan, which has neither. */
    @Test
    void saysThatItRunsWhenTheStepThatHasAskedIsGivenUp() {
        loop.activities.plans.add(plan(1, open("a"), planned("b")));
        loop.activities.plans.add(plan(2, planned("c")));
        loop.activities.turns.add(calls(risky("x")));
        loop.activities.decisionsOf("b", Decision.REVISE_PLAN);
        loop.activities.toolHangs = true;
        loop.start(ASKING);
        awaitAsked("approval a/1", 1);
        loop.activities.awaitTool();

        String first = run();
        loop.handOver.suggest();
        task().signal("look");
        loop.activities.toolHangs = false;
        await().until(() -> !run().equals(first));

        assertThat(outcome()).isInstanceOf(TaskOutcome.Succeeded.class);
        assertThat(loop.activities.asked).contains("plan 2 keeping []");
        assertThat(loop.activities.events)
                .extracting(PendingEvent::data)
                .filteredOn(TaskEvent.Resumed.class::isInstance)
                .containsExactly(new TaskEvent.Resumed(null));
    }

    /** One step, whose only turn with calls is taken again by the next run. */
    private void script(CallOutline... calls) {
        loop.activities.plans.add(plan(1, open("a")));
        loop.activities.turns.add(calls(calls));
        loop.activities.turns.add(calls(calls));
        loop.activities.turns.add(answer());
    }

    /** The workflow does not know the signal; it only has it look around, also where another task of it is on its way. */
    private void handOver() {
        String first = run();
        loop.handOver.suggest();
        task().signal("look");
        await().until(() -> !run().equals(first));
    }

    private String run() {
        return task().describe().getExecution().getRunId();
    }

    private TaskOutcome outcome() {
        return task().getResult(TaskOutcome.class);
    }

    private WorkflowStub task() {
        return loop.temporal.getWorkflowClient().newUntypedWorkflowStub(TestLoop.TASK.value());
    }

    private void decide(int number, ApprovalId approval) {
        task().update(
                        "decide",
                        Void.class,
                        new ApprovalDecision(command(number), approval, HASH, ApprovalStatus.APPROVED));
    }

    private void say(int number) {
        task().update("message", Void.class, command(number));
    }

    private void awaitAsked(String what, int times) {
        await().until(() -> Collections.frequency(loop.activities.asked, what) == times);
    }

    private static CommandId command(int number) {
        return new CommandId("cmd-" + number);
    }
}
