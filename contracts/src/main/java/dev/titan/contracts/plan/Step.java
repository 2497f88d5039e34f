package dev.titan.contracts.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a plan as its readers see it.
 *
 * @param id unique within the task
 * @param description what to do, for people and for the executor
 * @param dependsOn steps that must have succeeded first
 * @param tool the tool the planner expects to be used, or absent
 * @param call a complete call to begin with, or absent when the executor decides
 * @param successCriteria how to tell that the step is done
 * @param expectedOutput what the step should leave behind or print
 * @param status where the step is
 * @param result what came out, shortened, once the step has ended
 * @param error why it failed, when it did
 */
public record Step(
        StepId id,
        String description,
        List<StepId> dependsOn,
        @Nullable String tool,
        @Nullable PlannedCall call,
        List<String> successCriteria,
        @Nullable String expectedOutput,
        StepStatus status,
        @Nullable String result,
        @Nullable String error) {

    public Step {
        dependsOn = List.copyOf(dependsOn);
        successCriteria = List.copyOf(successCriteria);
    }
}
