package dev.titan.contracts.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One version of a task's plan. A valid plan has unique step ids, knows every dependency it names and has no cycles;
 * an invalid one cannot be made.
 *
 * @param version from 1; a correction makes the next
 * @param reasoning why these steps
 * @param steps in the order the planner gave them, at most {@value #STEPS_MAX}
 */
public record Plan(int version, String reasoning, List<Step> steps) {

    /** More steps than a person would read; longer work is planned in stages. */
    public static final int STEPS_MAX = 100;

    public Plan {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || steps.size() > STEPS_MAX) {
            throw new IllegalArgumentException("a plan has 1–%d steps, not %d".formatted(STEPS_MAX, steps.size()));
        }
        requireUniqueIds(steps);
        requireOrderExists(steps);
    }

    private static void requireUniqueIds(List<Step> steps) {
        Set<StepId> ids = new HashSet<>();
        for (Step step : steps) {
            if (!ids.add(step.id())) {
                throw new IllegalArgumentException("two steps have the id '%s'".formatted(step.id()));
            }
        }
        for (Step step : steps) {
            for (StepId dependency : step.dependsOn()) {
                if (!ids.contains(dependency)) {
                    throw new IllegalArgumentException(
                            "step '%s' depends on '%s', which is not in the plan".formatted(step.id(), dependency));
                }
            }
        }
    }

    private static void requireOrderExists(List<Step> steps) {
        Set<StepId> done = new HashSet<>();
        while (done.size() < steps.size()) {
            int before = done.size();
            steps.stream()
                    .filter(step -> done.containsAll(step.dependsOn()))
                    .map(Step::id)
                    .forEach(done::add);
            if (done.size() == before) {
                throw new IllegalArgumentException("the dependencies of the steps %s form a cycle"
                        .formatted(steps.stream()
                                .map(Step::id)
                                .filter(id -> !done.contains(id))
                                .toList()));
            }
        }
    }
}
