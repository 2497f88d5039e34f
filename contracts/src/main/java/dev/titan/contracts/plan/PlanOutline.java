package dev.titan.contracts.plan;

import dev.titan.contracts.chat.Spent;
import dev.titan.contracts.tool.CallOutline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the loop needs to know of a plan; descriptions and arguments stay in the store.
 *
 * @param version the plan's version
 * @param steps every step that is not finished yet
 * @param spent what making it cost; absent in runs that began before budgets were counted
 */
public record PlanOutline(
        int version, List<StepOutline> steps, @Nullable Spent spent) {

    public PlanOutline {
        steps = List.copyOf(steps);
    }

    /**
     * What the loop needs to know of a step.
     *
     * @param id the step
     * @param dependsOn steps that must have succeeded first
     * @param call the outline of the planned call, or absent when a model decides
     * @param past what has been done under this id in plans before; absent when nothing was
     */
    public record StepOutline(
            StepId id,
            List<StepId> dependsOn,
            @Nullable CallOutline call,
            @Nullable StepPast past) {

        public StepOutline {
            dependsOn = List.copyOf(dependsOn);
        }
    }

    /**
     * How far the numbers of a step have counted, so that none is used twice.
     *
     * @param turns turns taken
     * @param reviews reviews made
     */
    public record StepPast(int turns, int reviews) {}
}
