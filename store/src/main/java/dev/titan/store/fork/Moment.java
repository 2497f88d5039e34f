package dev.titan.store.fork;

import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A moment in the life of a task at which one of its steps was just done.
 *
 * @param seq the event that tells so; whatever has a larger one came later
 * @param planVersion the plan in force; 0 when there was none
 * @param closed the steps that were done, in the order in which they were
 * @param finished whether no further step of the plan was to be begun
 * @param last the step that was done last; absent when none was
 */
record Moment(
        long seq,
        int planVersion,
        Map<StepId, Ended> closed,
        boolean finished,
        @Nullable StepId last) {

    Moment {
        closed = Collections.unmodifiableMap(new LinkedHashMap<>(closed));
    }

    /** Returns this moment with the step open again that was to be the last one, when it had failed. */
    Moment withoutFailedEnd() {
        Ended end = last == null ? null : closed.get(last);
        if (!finished || end == null || end.status() != StepStatus.FAILED) {
            return this;
        }
        Map<StepId, Ended> before = new LinkedHashMap<>(closed);
        before.remove(last);
        return new Moment(
                seq, planVersion, before, false, before.keySet().stream().reduce(null, (_, next) -> next));
    }

    /**
     * How a step ended.
     *
     * @param status succeeded, or failed when the review said to go on all the same
     * @param attempt counts up when it is done again
     * @param result what came out, shortened
     * @param error why it failed, when it did
     */
    record Ended(
            StepStatus status,
            int attempt,
            @Nullable String result,
            @Nullable String error) {}
}
