package dev.titan.workflows.task;

import dev.titan.contracts.plan.PlanOutline;
import dev.titan.contracts.plan.PlanOutline.StepOutline;
import dev.titan.contracts.plan.StepId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which steps of the plan are open, and which one is next. Steps run one after the other, dependencies first. */
final class PlanProgress {

    private final Set<StepId> closed = new LinkedHashSet<>();
    private final Map<StepId, Integer> attempts = new HashMap<>();
    private PlanOutline outline = new PlanOutline(0, List.of());
    private boolean finished;

    /** A new version of the plan: closed steps stay closed, every other step begins anew. */
    void replace(PlanOutline next) {
        outline = next;
        finished = false;
        attempts.clear();
    }

    int version() {
        return outline.version();
    }

    /** Returns the first open step whose dependencies are closed; empty when there is none. */
    Optional<StepOutline> next() {
        return finished
                ? Optional.empty()
                : open().stream()
                        .filter(step -> closed.containsAll(step.dependsOn()))
                        .findFirst();
    }

    List<StepOutline> open() {
        return outline.steps().stream()
                .filter(step -> !closed.contains(step.id()))
                .toList();
    }

    /** Returns how many steps are open besides the current one. */
    int remaining() {
        return Math.max(0, open().size() - 1);
    }

    int attemptOf(StepId step) {
        return attempts.getOrDefault(step, 1);
    }

    void close(StepId step) {
        closed.add(step);
    }

    void retry(StepId step) {
        attempts.merge(step, 2, (before, _) -> before + 1);
    }

    /** No further step of this version is run. */
    void finish() {
        finished = true;
    }

    List<StepId> closed() {
        return List.copyOf(closed);
    }
}
