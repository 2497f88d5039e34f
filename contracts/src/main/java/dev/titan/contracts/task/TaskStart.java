package dev.titan.contracts.task;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The argument of {@link TaskWorkflow}: the goal itself stays in the store.
 *
 * @param taskId the task
 * @param limits when to stop
 * @param checks how many of the success criteria are commands to run at the end
 * @param traceId the trace the task belongs to: 32 hexadecimal digits (W3C Trace Context)
 * @param terms how to conduct it; runs that began before there were any have the usual ones
 * @param lanes how its calls get to their sandbox; runs that began before there was a choice have none and go on as
 *     {@link Lanes#REGULAR}
 * @param progress where it stands, when it goes on with what a run before has done
 */
public record TaskStart(
        TaskId taskId,
        TaskLimits limits,
        int checks,
        String traceId,
        @Nullable TaskTerms terms,
        @Nullable Lanes lanes,
        @Nullable TaskProgress progress) {

    public TaskStart {
        terms = terms == null ? TaskTerms.DEFAULT : terms;
        lanes = lanes == null ? Lanes.REGULAR : lanes;
    }

    @Override
    public TaskTerms terms() {
        return requireNonNull(terms, "the constructor has set it");
    }

    @Override
    public Lanes lanes() {
        return requireNonNull(lanes, "the constructor has set it");
    }

    /** Returns the argument of the run that takes over. */
    public TaskStart continuedFrom(TaskProgress now) {
        return new TaskStart(taskId, limits, checks, traceId, terms, lanes, now);
    }
}
