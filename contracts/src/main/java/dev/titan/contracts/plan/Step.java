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
 * @param reason why it is blocked or skipped, when it is
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
        @Nullable String error,
        @Nullable String reason) {

    public Step {
        dependsOn = List.copyOf(dependsOn);
        successCriteria = List.copyOf(successCriteria);
    }

    /** A step that is neither blocked nor skipped. */
    public Step(
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
        this(id, description, dependsOn, tool, call, successCriteria, expectedOutput, status, result, error, null);
    }

    /** Returns the step as it is at another moment. */
    public Step at(StepStatus now, @Nullable String result, @Nullable String error, @Nullable String reason) {
        return new Step(
                id, description, dependsOn, tool, call, successCriteria, expectedOutput, now, result, error, reason);
    }
}
