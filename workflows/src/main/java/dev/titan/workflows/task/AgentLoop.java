package dev.titan.workflows.task;

import dev.titan.contracts.chat.ReasoningActivity;
import dev.titan.contracts.chat.ReasoningActivity.Correction;
import dev.titan.contracts.chat.ReasoningActivity.InterpretRequest;
import dev.titan.contracts.chat.ReasoningActivity.PlanRequest;
import dev.titan.contracts.plan.PlanOutline.StepOutline;
import dev.titan.contracts.review.Decision;
import dev.titan.contracts.review.Verdict;
import dev.titan.contracts.task.TaskOutcome;
import dev.titan.contracts.task.TaskReason;
import dev.titan.contracts.task.TaskStart;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The loop: interpret, plan, execute the next ready step, review it, correct, and at the end judge the whole against
 * the success criteria.
 */
final class AgentLoop {

    private final TaskStart start;
    private final Outbox outbox;
    private final ReasoningActivity reasoning = ActivityPolicy.reasoning();
    private final Allowance allowance;
    private final PlanProgress plan = new PlanProgress();
    private final StepRunner runner;
    private final Assessment assessment;

    AgentLoop(TaskStart start, Outbox outbox, TaskSandbox sandbox) {
        this.start = start;
        this.outbox = outbox;
        this.allowance = new Allowance(start.limits());
        ToolCalls tools = new ToolCalls(start, outbox, sandbox);
        this.runner = new StepRunner(start, outbox, tools, allowance);
        this.assessment = new Assessment(start, outbox, tools);
    }

    TaskOutcome run() {
        interpret();
        makePlan(null);
        while (true) {
            ProgressReport.plan(plan, allowance);
            Optional<StepOutline> next = plan.next();
            if (next.isEmpty()) {
                Verdict verdict = assessment.judge(plan.version());
                if (verdict.met()) {
                    return new TaskOutcome.Succeeded(verdict.answer());
                }
                if (!verdict.recoverable()) {
                    return new TaskOutcome.Failed(TaskReason.CRITERIA_UNMET, verdict.answer());
                }
                if (!allowance.correct()) {
                    return outOfCorrections();
                }
                makePlan(new Correction(null, assessment.verdicts()));
                continue;
            }
            StepOutline step = next.get();
            switch (runner.run(plan.version(), step, plan.attemptOf(step.id()))) {
                case StepEnd.Done done -> {
                    Decision decision = assessment.review(plan.version(), step.id(), done, plan.remaining());
                    if (needsCorrection(decision) && !allowance.correct()) {
                        return outOfCorrections();
                    }
                    switch (decision) {
                        case CONTINUE -> plan.close(step.id());
                        case REVISE_PLAN -> makePlan(new Correction(step.id(), assessment.reviewsOf(step.id())));
                        case OTHER_TOOL -> plan.retry(step.id());
                        case FINISH -> plan.finish();
                    }
                }
                case StepEnd.OutOfSteps _ -> {
                    return new TaskOutcome.Failed(
                            TaskReason.TIMEOUT,
                            "The task used its %d steps without reaching the goal. Raise budget.max_steps to allow more."
                                    .formatted(start.limits().maxSteps()));
                }
                case StepEnd.Stuck stuck -> {
                    return new TaskOutcome.Failed(
                            TaskReason.STUCK,
                            "Step %s repeats the same %s call with the same result, and neither a hint nor another plan helped."
                                    .formatted(step.id(), stuck.tool()));
                }
            }
        }
    }

    private void interpret() {
        outbox.deliver(
                events -> reasoning.interpretGoal(new InterpretRequest(start.taskId(), start.traceId(), events)));
    }

    private void makePlan(@Nullable Correction correction) {
        plan.replace(outbox.deliverFor(events -> reasoning.makePlan(new PlanRequest(
                start.taskId(), plan.version() + 1, correction, plan.closed(), start.traceId(), events))));
    }

    private static boolean needsCorrection(Decision decision) {
        return switch (decision) {
            case REVISE_PLAN, OTHER_TOOL -> true;
            case CONTINUE, FINISH -> false;
        };
    }

    private TaskOutcome outOfCorrections() {
        return new TaskOutcome.Failed(
                TaskReason.STUCK,
                "The success criteria are not met after %d corrections, which is the limit of this task."
                        .formatted(start.limits().maxCorrections()));
    }
}
