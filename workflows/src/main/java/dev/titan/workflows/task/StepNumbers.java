package dev.titan.workflows.task;

import dev.titan.contracts.plan.PlanOutline.StepOutline;
import dev.titan.contracts.plan.PlanOutline.StepPast;
import dev.titan.contracts.plan.StepId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Numbers the turns and the reviews of each step over the whole task, so that no effect id is ever used twice. */
final class StepNumbers {

    private static final StepPast NONE = new StepPast(0, 0);

    private final Map<StepId, StepPast> past;

    StepNumbers(Map<StepId, StepPast> past) {
        this.past = new HashMap<>(past);
    }

    /** Goes on where plans before have left off, also those of runs before. */
    void learn(Collection<StepOutline> steps) {
        for (StepOutline step : steps) {
            StepPast told = step.past();
            if (told != null) {
                past.merge(
                        step.id(),
                        told,
                        (known, other) -> new StepPast(
                                Math.max(known.turns(), other.turns()), Math.max(known.reviews(), other.reviews())));
            }
        }
    }

    int turns(StepId step) {
        return of(step).turns();
    }

    int nextTurn(StepId step) {
        past.put(step, new StepPast(of(step).turns() + 1, of(step).reviews()));
        return turns(step);
    }

    int reviews(StepId step) {
        return of(step).reviews();
    }

    int nextReview(StepId step) {
        past.put(step, new StepPast(of(step).turns(), of(step).reviews() + 1));
        return reviews(step);
    }

    /** Returns what has to be remembered of these steps. */
    Map<StepId, StepPast> progress(Collection<StepOutline> steps) {
        Map<StepId, StepPast> remembered = new LinkedHashMap<>();
        for (StepOutline step : steps) {
            if (past.containsKey(step.id())) {
                remembered.put(step.id(), of(step.id()));
            }
        }
        return remembered;
    }

    private StepPast of(StepId step) {
        return past.getOrDefault(step, NONE);
    }
}
