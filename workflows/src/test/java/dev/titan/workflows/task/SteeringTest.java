package dev.titan.workflows.task;

import static dev.titan.workflows.task.ScriptedActivities.APPROVAL;
import static dev.titan.workflows.task.ScriptedActivities.HASH;
import static dev.titan.workflows.task.ScriptedActivities.answer;
import static dev.titan.workflows.task.ScriptedActivities.call;
import static dev.titan.workflows.task.ScriptedActivities.calls;
import static dev.titan.workflows.task.ScriptedActivities.hidden;
import static dev.titan.workflows.task.ScriptedActivities.ok;
import static dev.titan.workflows.task.ScriptedActivities.open;
import static dev.titan.workflows.task.ScriptedActivities.plan;
import static dev.titan.workflows.task.ScriptedActivities.planned;
import static dev.titan.workflows.task.ScriptedActivities.question;
import static dev.titan.workflows.task.ScriptedActivities.risky;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.steering.ApprovalDecision;
import dev.titan.contracts.steering.ApprovalId;
import dev.titan.contracts.steering.ApprovalStatus;
import dev.titan.contracts.steering.BudgetRaise;
import dev.titan.contracts.steering.CommandId;
import dev.titan.contracts.task.Autonomy;
import dev.titan.contracts.task.Budget;
import dev.titan.contracts.task.ReviewMode;
import dev.titan.contracts.task.TaskOutcome;
import dev.titan.contracts.task.TaskReason;
import dev.titan.contracts.task.TaskTerms;
import dev.titan.contracts.task.UnknownOutcome;
import dev.titan.contracts.tool.EffectId;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A refused or lost command would be waited for without end. */
@Timeout(60)
class SteeringTest {

    private static final TaskTerms ASKING =
            terms(Autonomy.ASK_RISKY, Duration.ofDays(30), Budget.UNLIMITED, UnknownOutcome.ASK_PERSON);

    private final TestLoop loop = new TestLoop();

    @AfterEach
    void stop() {
        loop.close();
    }

    @Test
    void stopsBeforeTheNextCallWhilePausedAndGoesOnWhereItWas() {
        loop.activities.plans.add(plan(1, open("a")));
        loop.activities.turns.add(calls(call("shell", "x")));
        loop.activities.turns.add(answer());
        loop.activities.toolHangs = true;
        WorkflowStub task = loop.start(TaskTerms.DEFAULT);
        loop.activities.awaitTool();

        task.update("pause", Void.class, command(1));
        loop.activities.toolHangs = false;
        sleep(Duration.ofDays(40));
        assertThat(loop.activities.asked).endsWith("a 1", "take cmd-1");

        task.update("resume", Void.class, command(2));
        assertThat(task.getResult(TaskOutcome.class)).isInstanceOf(TaskOutcome.Succeeded.class);
        assertThat(loop.activities.asked).containsSubsequence("a 1", "turn a/2 null", "judge 0");
        assertThat(loop.activities.recorded).contains("paused/1", "resumed/2");
    }

    @Test
    void refusesWhatMakesNoSense() {
        loop.activities.plans.add(plan(1, planned("a")));
        loop.activities.toolHangs = true;
        WorkflowStub task = loop.start(TaskTerms.DEFAULT);
        loop.activities.awaitTool();

        assertThatThrownBy(() -> task.update("resume", Void.class, command(1))).hasStackTraceContaining("not_paused");
        task.update("pause", Void.class, command(2));
        assertThatThrownBy(() -> task.update("pause", Void.class, command(3)))
                .hasStackTraceContaining("already_paused");
        assertThatThrownBy(() -> task.update("decide", Void.class, decision(4, ApprovalStatus.APPROVED, HASH)))
                .hasStackTraceContaining("approval_unknown");
        assertThatThrownBy(() -> task.update("raiseBudget", Void.class, new BudgetRaise(command(5), modelCalls(3))))
                .hasStackTraceContaining("budget_not_raised");
    }

    @Test
    void showsAMessageAtTheNextTurn() {
        loop.activities.plans.add(plan(1, open("a")));
        loop.activities.turns.add(calls(call("shell", "x")));
        loop.activities.turns.add(answer());
        loop.activities.toolHangs = true;
        WorkflowStub task = loop.start(TaskTerms.DEFAULT);
        loop.activities.awaitTool();

        task.update("message", Void.class, command(1));
        task.update("message", Void.class, command(2));
        loop.activities.toolHangs = false;

        assertThat(task.getResult(TaskOutcome.class)).isInstanceOf(TaskOutcome.Succeeded.class);
        assertThat(loop.activities.asked).containsSubsequence("turn a/1 null", "a 1", "turn a/2 null messages 1-2");
    }

    @Test
    void waitsForAnApprovalAndMakesTheVeryCall() {
        loop.activities.plans.add(plan(1, open("a")));
        loop.activities.turns.add(calls(risky("x")));
        loop.activities.turns.add(answer());
        WorkflowStub task = loop.start(ASKING);
        awaitAsked("approval a/1");
        sleep(Duration.ofDays(29));

        assertThatThrownBy(() -> task.update("decide", Void.class, decision(1, ApprovalStatus.APPROVED, "0")))
                .hasStackTraceContaining("approval_stale");
        task.update("decide", Void.class, decision(2, ApprovalStatus.APPROVED, HASH));

        assertThat(task.getResult(TaskOutcome.class)).isInstanceOf(TaskOutcome.Succeeded.class);
        assertThat(loop.activities.asked)
                .containsSubsequence("approval a/1", "take cmd-2", "a 1 Approved", "turn a/2 null");
        assertThat(loop.activities.recorded).contains("approval_decided/" + APPROVAL, "resumed/1");
    }

    @Test
    void saysThatItWaitsOnWhileAnotherCallIsNotDecided() {
        loop.activities.plans.add(plan(1, open("a")));
        loop.activities.turns.add(calls(risky("x"), risky(1, "y")));
        loop.activities.turns.add(answer());
        WorkflowStub task = loop.start(ASKING);
        await().until(() -> Collections.frequency(loop.activities.asked, "approval a/1") == 2);

        task.update("decide", Void.class, decision(1, ApprovalStatus.APPROVED, HASH));
        ApprovalId other = ApprovalId.of(new EffectId(TestLoop.TASK, new StepId("a"), 1, 1));
        task.update("decide", Void.class, new ApprovalDecision(command(2), other, HASH, ApprovalStatus.APPROVED));

        assertThat(task.getResult(TaskOutcome.class)).isInstanceOf(TaskOutcome.Succeeded.class);
        assertThat(loop.activities.events)
                .extracting(PendingEvent::data)
                .filteredOn(TaskEvent.Resumed.class::isInstance)
                .startsWith(new TaskEvent.Resumed(TaskReason.APPROVAL))
                .endsWith(new TaskEvent.Resumed(null));
    }

    @Test
    void tellsTheModelWhenNobodyDecides() {
        loop.activities.plans.add(plan(1, open("a")));
        loop.activities.turns.add(calls(risky("x")));
        loop.activities.turns.add(answer());
        WorkflowStub task = loop.start(ASKING);

        assertThat(task.getResult(TaskOutcome.class)).isInstanceOf(TaskOutcome.Succeeded.class);
        assertThat(loop.activities.asked).containsSubsequence("approval a/1", "expire", "a 1 Expired");
    }

    @Test
    void handsTheUsersAnswerToTheModel() {
        loop.activities.plans.add(plan(1, open("a")));
        loop.activities.turns.add(calls(question()));
        loop.activities.turns.add(answer());
        WorkflowStub task = loop.start(TaskTerms.DEFAULT);
        awaitAsked("question a/1");

        task.update("message", Void.class, command(1));

        assertThat(task.getResult(TaskOutcome.class)).isInstanceOf(TaskOutcome.Succeeded.class);
        assertThat(loop.activities.asked).containsSubsequence("question a/1", "a 1 Answered", "turn a/2 null");
    }

    /** Somebody has approved the call before, which is another question about it. */
    @Test
    void asksWhatBecameOfACallThatACrashHides() {
        loop.activities.plans.add(plan(1, open("a")));
        loop.activities.turns.add(calls(risky("x")));
        loop.activities.turns.add(answer());
        loop.activities.reports.add(hidden());
        WorkflowStub task = loop.start(ASKING);
        awaitAsked("approval a/1");
        task.update("decide", Void.class, decision(1, ApprovalStatus.APPROVED, HASH));
        awaitAsked("outcome a/1");
        sleep(Duration.ofDays(29));

        task.update("message", Void.class, command(2));

        assertThat(task.getResult(TaskOutcome.class)).isInstanceOf(TaskOutcome.Succeeded.class);
        assertThat(loop.activities.asked)
                .containsSubsequence("a 1 Approved", "outcome a/1", "a 1 Told", "turn a/2 null")
                .filteredOn(asked -> asked.startsWith("a 1"))
                .hasSize(2);
    }

    /** A person may say that nothing was done: the step is not over before a model has read that. */
    @Test
    void hasTheModelReadWhatBecameOfAPlannedCall() {
        loop.activities.plans.add(plan(1, planned("a")));
        loop.activities.turns.add(answer());
        loop.activities.reports.add(hidden());
        WorkflowStub task = loop.start(ASKING);
        awaitAsked("outcome a/1");

        task.update("message", Void.class, command(1));

        assertThat(task.getResult(TaskOutcome.class)).isInstanceOf(TaskOutcome.Succeeded.class);
        assertThat(loop.activities.asked)
                .containsSubsequence("outcome a/1", "a 1 Told", "turn a/2 null", "review a succeeded");
    }

    @Test
    void recordsThatNobodySaidWhatBecameOfACallWhenTheTaskIsCancelled() {
        loop.activities.plans.add(plan(1, planned("a")));
        loop.activities.reports.add(hidden());
        WorkflowStub task = loop.start(ASKING);
        awaitAsked("outcome a/1");

        task.cancel();

        assertThatThrownBy(() -> task.getResult(TaskOutcome.class)).hasStackTraceContaining("Cancel");
        assertThat(loop.activities.asked).endsWith("outcome a/1", "a 1 Untold", "destroy");
    }

    @Test
    void tellsTheModelWhenNobodySaysWhatBecameOfACall() {
        loop.activities.plans.add(plan(1, open("a")));
        loop.activities.turns.add(calls(call("shell", "x")));
        loop.activities.turns.add(answer());
        loop.activities.reports.add(hidden());
        loop.activities.reports.add(hidden());
        WorkflowStub task = loop.start(ASKING);

        assertThat(task.getResult(TaskOutcome.class)).isInstanceOf(TaskOutcome.Succeeded.class);
        assertThat(loop.activities.asked).containsSubsequence("a 1", "outcome a/1", "a 1 Untold", "turn a/2 null");
    }

    @Test
    void tellsTheModelAtOnceWhenNobodyIsToBeAsked() {
        loop.activities.plans.add(plan(1, open("a")));
        loop.activities.turns.add(calls(risky("x")));
        loop.activities.turns.add(answer());
        loop.activities.reports.add(hidden());
        WorkflowStub task = loop.start(TaskTerms.DEFAULT);

        assertThat(task.getResult(TaskOutcome.class)).isInstanceOf(TaskOutcome.Succeeded.class);
        assertThat(loop.activities.asked)
                .containsSubsequence("a 1", "turn a/2 null")
                .doesNotContain("outcome a/1");
    }

    @Test
    void pausesBeforeTheCallThatTheBudgetDoesNotAllow() {
        loop.activities.plans.add(plan(1, open("a")));
        loop.activities.turns.add(answer());
        var terms = terms(Autonomy.AUTO, Duration.ofDays(1), modelCalls(3), UnknownOutcome.TELL_MODEL);
        WorkflowStub task = loop.start(terms);
        await().until(() -> loop.activities.recorded.contains("budget_reached/1"));
        sleep(Duration.ofDays(30));
        assertThat(loop.activities.asked).endsWith("turn a/1 null");

        assertThatThrownBy(() -> task.update("resume", Void.class, command(1)))
                .hasStackTraceContaining("budget_reached");
        task.update("raiseBudget", Void.class, new BudgetRaise(command(2), modelCalls(10)));

        assertThat(task.getResult(TaskOutcome.class)).isInstanceOf(TaskOutcome.Succeeded.class);
        assertThat(loop.activities.asked).containsSubsequence("turn a/1 null", "review a succeeded", "judge 0");
        assertThat(loop.activities.recorded).contains("paused/2", "budget_raised/3", "resumed/4");
    }

    @Test
    void staysPausedForItsBudgetWhenItsUserLetsItGoOn() {
        loop.activities.plans.add(plan(1, open("a")));
        loop.activities.turns.add(answer());
        WorkflowStub task =
                loop.start(terms(Autonomy.AUTO, Duration.ofDays(1), modelCalls(3), UnknownOutcome.TELL_MODEL));
        await().until(() -> loop.activities.recorded.contains("budget_reached/1"));

        task.update("pause", Void.class, command(1));
        task.update("resume", Void.class, command(2));
        task.update("raiseBudget", Void.class, new BudgetRaise(command(3), modelCalls(10)));

        assertThat(task.getResult(TaskOutcome.class)).isInstanceOf(TaskOutcome.Succeeded.class);
        assertThat(loop.activities.recorded)
                .containsSubsequence("paused/2", "paused/3", "paused/4", "budget_raised/5", "resumed/6");
    }

    @Test
    void isCancelledWhileItWaits() {
        loop.activities.plans.add(plan(1, open("a")));
        loop.activities.turns.add(calls(risky("x")));
        WorkflowStub task = loop.start(ASKING);
        awaitAsked("approval a/1");

        task.cancel();

        assertThatThrownBy(() -> task.getResult(TaskOutcome.class)).hasStackTraceContaining("Cancel");
        assertThat(loop.activities.recorded).endsWith("end");
    }

    @Test
    void replaysItsOwnHistory() throws Exception {
        loop.activities.plans.add(plan(1, open("a"), planned("b")));
        loop.activities.turns.add(calls(risky("x")));
        loop.activities.turns.add(calls(question()));
        loop.activities.turns.add(answer());
        loop.activities.reports.add(ok("r")); // of step b, while step a waits
        loop.activities.reports.add(hidden());
        WorkflowStub task = loop.start(ASKING);
        awaitAsked("approval a/1");
        awaitAsked("b 1");
        task.update("decide", Void.class, decision(1, ApprovalStatus.EDITED, HASH));
        awaitAsked("outcome a/1");
        task.update("message", Void.class, command(2));
        awaitAsked("question a/2");
        task.update("message", Void.class, command(3));
        task.getResult(TaskOutcome.class);

        loop.replay();
    }

    private void awaitAsked(String what) {
        await().until(() -> loop.activities.asked.contains(what));
    }

    private void sleep(Duration time) {
        loop.temporal.sleep(time);
    }

    private static CommandId command(int number) {
        return new CommandId("cmd-" + number);
    }

    private static ApprovalDecision decision(int number, ApprovalStatus status, String hash) {
        return new ApprovalDecision(command(number), APPROVAL, hash, status);
    }

    private static TaskTerms terms(Autonomy autonomy, Duration wait, Budget budget, UnknownOutcome unknown) {
        return new TaskTerms(autonomy, wait, ReviewMode.EVERY_STEP, budget, unknown);
    }

    private static Budget modelCalls(int max) {
        return new Budget(null, null, null, max, null);
    }
}
