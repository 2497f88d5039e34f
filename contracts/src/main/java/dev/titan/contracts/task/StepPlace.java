package dev.titan.contracts.task;

import dev.titan.contracts.chat.ReasoningActivity.TurnHint;
import dev.titan.contracts.plan.StepId;
import org.jspecify.annotations.Nullable;

/**
 * Where a step stands between two turns, or at the beginning of a turn that is taken again: what has been answered and
 * done in it is in the store and not repeated.
 *
 * @param step the step
 * @param begun whether the step has begun; its planned call is made before anything else otherwise
 * @param redo whether its last turn is to be taken again
 * @param counted whether the calls of that turn were counted already
 * @param failed whether the last call before this place failed
 * @param hint what the model has to be told
 * @param messages how many of the user's messages the step has seen
 */
public record StepPlace(
        StepId step,
        boolean begun,
        boolean redo,
        boolean counted,
        boolean failed,
        @Nullable TurnHint hint,
        int messages) {

    /** A step that has not begun. */
    public static StepPlace before(StepId step) {
        return new StepPlace(step, false, false, false, false, null, 0);
    }
}
