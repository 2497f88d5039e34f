package dev.titan.server.starter;

import dev.titan.activities.tool.ToolRegistry;
import dev.titan.contracts.plan.Plan;
import dev.titan.contracts.plan.PlanOutline.StepOutline;
import dev.titan.contracts.plan.PlannedCall;
import dev.titan.contracts.plan.Step;
import dev.titan.contracts.task.Inheritance;
import dev.titan.contracts.task.TaskProgress;
import dev.titan.contracts.tool.CallOutline;
import dev.titan.contracts.tool.ToolCall;
import dev.titan.store.plan.PlanRepository;
import dev.titan.store.task.TaskRow;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a task stands when its workflow is started: at the beginning, or where the task stood that it goes on from.
 * Thread-safe.
 */
public final class FirstProgress {

    private final PlanRepository plans;
    private final ToolRegistry tools;
    private final Clock clock;

    public FirstProgress(PlanRepository plans, ToolRegistry tools, Clock clock) {
        this.plans = plans;
        this.tools = tools;
        this.clock = clock;
    }

    /** Returns what the task begins with; null at the beginning. */
    @Nullable
    TaskProgress of(TaskRow task) {
        Inheritance inheritance = task.inheritance();
        if (inheritance == null) {
            return null;
        }
        return TaskProgress.of(
                inheritance,
                open(task, inheritance),
                clock.instant(),
                task.request().terms().budget());
    }

    /** Nothing of an open step is taken over, so none has a past. */
    private List<StepOutline> open(TaskRow task, Inheritance inheritance) {
        ToolRegistry allowed = tools.restrictedTo(task.request().tools());
        return plans.find(task.id(), inheritance.planVersion()).map(Plan::steps).orElse(List.of()).stream()
                .filter(step -> !inheritance.closed().contains(step.id()))
                .map(step -> new StepOutline(step.id(), step.dependsOn(), call(step, allowed), null))
                .toList();
    }

    private static @Nullable CallOutline call(Step step, ToolRegistry allowed) {
        PlannedCall planned = step.call();
        return planned == null ? null : allowed.outline(0, new ToolCall(planned.tool(), planned.arguments()));
    }
}
