package dev.titan.workflows.task;

import dev.titan.contracts.chat.ReasoningActivity;
import dev.titan.contracts.chat.ReasoningActivity.TurnHint;
import dev.titan.contracts.chat.ReasoningActivity.TurnRequest;
import dev.titan.contracts.chat.StepPosition;
import dev.titan.contracts.chat.TurnOutline;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.PlanOutline.StepOutline;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.task.TaskStart;
import dev.titan.contracts.tool.CallOutline;
import dev.titan.contracts.tool.CallSource;
import dev.titan.contracts.tool.ToolCallReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Works on one step: its planned call first, then turns of model, calls and results until the model has an answer. */
final class StepRunner {

    private final TaskStart start;
    private final Outbox outbox;
    private final ToolCalls tools;
    private final Allowance allowance;
    private final ReasoningActivity reasoning = ActivityPolicy.reasoning();
    private final LoopGuard guard = new LoopGuard();

    /** Never reset, so that no effect id is used twice over retries and revised plans. */
    private final Map<StepId, Integer> turns = new HashMap<>();

    StepRunner(TaskStart start, Outbox outbox, ToolCalls tools, Allowance allowance) {
        this.start = start;
        this.outbox = outbox;
        this.tools = tools;
        this.allowance = allowance;
    }

    StepEnd run(int planVersion, StepOutline step, int attempt) {
        outbox.add(
                "step_started/%s/%d/%d".formatted(step.id(), planVersion, attempt),
                step.id(),
                new TaskEvent.StepStarted(attempt));
        CallOutline planned = step.call();
        boolean lastFailed = false;
        if (planned != null && attempt == 1) {
            if (!allowance.step()) {
                return new StepEnd.OutOfSteps();
            }
            int turn = nextTurn(step.id());
            List<ToolCallReport> reports =
                    tools.run(step.id(), turn, List.of(planned), new CallSource.Planned(planVersion));
            lastFailed = !reports.getLast().succeeded();
            if (!lastFailed) {
                return new StepEnd.Done(StepStatus.SUCCEEDED, turn);
            }
        }
        return turns(planVersion, step.id(), attempt > 1 ? TurnHint.OTHER_TOOL : null, lastFailed);
    }

    private StepEnd turns(int planVersion, StepId step, @Nullable TurnHint firstHint, boolean failedBefore) {
        TurnHint hint = firstHint;
        boolean lastFailed = failedBefore;
        while (true) {
            int turn = nextTurn(step);
            switch (ask(new StepPosition(start.taskId(), planVersion, step, turn), hint)) {
                case TurnOutline.Answer _ -> {
                    return new StepEnd.Done(lastFailed ? StepStatus.FAILED : StepStatus.SUCCEEDED, turn);
                }
                case TurnOutline.Calls asked -> {
                    if (!allowance.step()) {
                        return new StepEnd.OutOfSteps();
                    }
                    List<ToolCallReport> reports = tools.run(step, turn, asked.calls(), new CallSource.Asked());
                    lastFailed = !reports.getLast().succeeded();
                    switch (guard.watch(asked.calls(), reports)) {
                        case LoopGuard.Advice.GO_ON -> hint = null;
                        case LoopGuard.Advice.NUDGE -> hint = TurnHint.REPEATING;
                        case LoopGuard.Advice.END_STEP -> {
                            return new StepEnd.Done(StepStatus.FAILED, turn);
                        }
                        case LoopGuard.Advice.GIVE_UP -> {
                            return new StepEnd.Stuck(asked.calls().getFirst().tool());
                        }
                    }
                }
            }
        }
    }

    private TurnOutline ask(StepPosition at, @Nullable TurnHint hint) {
        return outbox.deliverFor(events -> reasoning.nextTurn(new TurnRequest(at, hint, start.traceId(), events)));
    }

    private int nextTurn(StepId step) {
        return turns.merge(step, 1, Integer::sum);
    }
}
