package dev.titan.store.plan;

import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import org.jspecify.annotations.Nullable;

/**
 * A step that has succeeded or failed, also one that a later plan has dropped.
 *
 * @param id the step
 * @param attempt how often it has been worked on; also the number of its last review
 * @param status succeeded or failed
 * @param description as the newest plan that names it describes it
 * @param result what came out, when it succeeded
 * @param error why it failed, when it did
 */
public record EndedStep(
        StepId id,
        int attempt,
        StepStatus status,
        String description,
        @Nullable String result,
        @Nullable String error) {}
