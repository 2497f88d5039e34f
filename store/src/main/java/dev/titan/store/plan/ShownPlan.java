package dev.titan.store.plan;

import dev.titan.contracts.plan.Step;
import java.util.List;

/**
 * The plan in force as people see it: where each step is, and why those are left that are not done.
 *
 * @param version from 1
 * @param reasoning why these steps
 * @param steps the steps of this version, in its order
 * @param dropped steps of earlier versions that this one leaves out and that had not succeeded, in the order of those
 */
public record ShownPlan(int version, String reasoning, List<Step> steps, List<Step> dropped) {

    public ShownPlan {
        steps = List.copyOf(steps);
        dropped = List.copyOf(dropped);
    }
}
