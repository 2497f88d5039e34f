package dev.titan.workflows.task;

import dev.titan.contracts.chat.ReasoningActivity;
import dev.titan.contracts.chat.ReasoningActivity.JudgeRequest;
import dev.titan.contracts.chat.ReasoningActivity.ReviewRequest;
import dev.titan.contracts.chat.StepPosition;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.review.Decision;
import dev.titan.contracts.review.ReviewOutline;
import dev.titan.contracts.review.Verdict;
import dev.titan.contracts.task.TaskStart;

/** Reviews steps and judges the task; numbers its questions so that each is asked once. */
final class Assessment {

    private final TaskStart start;
    private final Outbox outbox;
    private final Gate gate;
    private final Spending spending;
    private final ToolCalls tools;
    private final StepNumbers numbers;
    private final ReasoningActivity reasoning = ActivityPolicy.reasoning();
    private int verdicts;

    Assessment(TaskContext task, ToolCalls tools, StepNumbers numbers) {
        this.start = task.start();
        this.outbox = task.outbox();
        this.gate = task.gate();
        this.spending = task.spending();
        this.tools = tools;
        this.numbers = numbers;
        this.verdicts = start.progress() == null ? 0 : start.progress().work().verdicts();
    }

    Decision review(int planVersion, StepId step, StepEnd.Done done, int remaining) {
        int number = numbers.nextReview(step);
        StepPosition at = new StepPosition(start.taskId(), planVersion, step, done.turn());
        boolean unasked = switch (start.terms().review()) {
            case EVERY_STEP -> false;
            case ON_ERROR -> done.status() == StepStatus.SUCCEEDED;
            case OFF -> true;
        };
        if (!unasked) {
            gate.awaitModel();
        }
        ReviewOutline outline = outbox.deliverFor(events -> reasoning.reviewStep(
                new ReviewRequest(at, done.status(), number, remaining, unasked, start.traceId(), events)));
        spending.answered(outline.spent());
        return outline.decision();
    }

    /** Runs the checks the user gave, then asks for a verdict that takes their results into account. */
    Verdict judge(int planVersion) {
        verdicts++;
        int checksTurn = start.checks() == 0 ? 0 : verdicts;
        if (checksTurn > 0) {
            tools.check(checksTurn, start.checks());
        }
        gate.awaitModel();
        Verdict verdict = outbox.deliverFor(events -> reasoning.judgeTask(
                new JudgeRequest(start.taskId(), planVersion, verdicts, checksTurn, start.traceId(), events)));
        spending.answered(verdict.spent());
        return verdict;
    }

    int verdicts() {
        return verdicts;
    }
}
