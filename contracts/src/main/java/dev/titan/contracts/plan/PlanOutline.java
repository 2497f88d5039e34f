package dev.titan.contracts.plan;

import dev.titan.contracts.tool.CallOutline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the loop needs to know of a plan; descriptions and arguments stay in the store.
 *
 * @param version the plan's version
 * @param steps every step that is not finished yet
 */
public record PlanOutline(int version, List<StepOutline> steps) {

    public PlanOutline {
        steps = List.copyOf(steps);
    }

    /**
     * What the loop needs to know of a step.
     *
     * @param id the step
     * @param dependsOn steps that must have succeeded first
     * @param call the outline of the planned call, or absent when a model decides
     */
    public record StepOutline(
            StepId id, List<StepId> dependsOn, @Nullable CallOutline call) {

        public StepOutline {
            dependsOn = List.copyOf(dependsOn);
        }
    }
}
