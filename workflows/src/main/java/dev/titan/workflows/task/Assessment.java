package dev.titan.workflows.task;

import dev.titan.contracts.chat.ReasoningActivity;
import dev.titan.contracts.chat.ReasoningActivity.JudgeRequest;
import dev.titan.contracts.chat.ReasoningActivity.ReviewRequest;
import dev.titan.contracts.chat.StepPosition;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.review.Decision;
import dev.titan.contracts.review.Verdict;
import dev.titan.contracts.task.TaskStart;
import java.util.HashMap;
import java.util.Map;

/** Reviews steps and judges the task; numbers its questions so that each is asked once. */
final class Assessment {

    private final TaskStart start;
    private final Outbox outbox;
    private final ToolCalls tools;
    private final ReasoningActivity reasoning = ActivityPolicy.reasoning();
    private final Map<StepId, Integer> reviews = new HashMap<>();
    private int verdicts;

    Assessment(TaskStart start, Outbox outbox, ToolCalls tools) {
        this.start = start;
        this.outbox = outbox;
        this.tools = tools;
    }

    Decision review(int planVersion, StepId step, StepEnd.Done done, int remaining) {
        int number = reviews.merge(step, 1, Integer::sum);
        StepPosition at = new StepPosition(start.taskId(), planVersion, step, done.turn());
        return outbox.deliverFor(events -> reasoning.reviewStep(
                        new ReviewRequest(at, done.status(), number, remaining, start.traceId(), events)))
                .decision();
    }

    int reviewsOf(StepId step) {
        return reviews.getOrDefault(step, 0);
    }

    /** Runs the checks the user gave, then asks for a verdict that takes their results into account. */
    Verdict judge(int planVersion) {
        verdicts++;
        int checksTurn = start.checks() == 0 ? 0 : verdicts;
        if (checksTurn > 0) {
            tools.check(checksTurn, start.checks());
        }
        return outbox.deliverFor(events -> reasoning.judgeTask(
                new JudgeRequest(start.taskId(), planVersion, verdicts, checksTurn, start.traceId(), events)));
    }

    int verdicts() {
        return verdicts;
    }
}
