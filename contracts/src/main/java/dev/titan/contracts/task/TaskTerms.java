package dev.titan.contracts.task;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a task is to be conducted, as its user wants it.
 *
 * @param autonomy which calls need approval
 * @param approvalWait how long a person may take to approve a call or to answer a question; then the call is refused and
 *     the model is told
 * @param review which steps are reviewed
 * @param budget what may be spent before the task pauses
 * @param unknownOutcome who is told when a crash hides what became of a call; in tasks from before there was a choice, the
 *     model
 */
public record TaskTerms(
        Autonomy autonomy,
        Duration approvalWait,
        ReviewMode review,
        Budget budget,
        @Nullable UnknownOutcome unknownOutcome) {

    /** A working week and the weekends around it: long enough for somebody to come back. */
    public static final Duration DEFAULT_APPROVAL_WAIT = Duration.ofDays(7);

    /** Longer than anybody waits, short enough that forgotten tasks end. */
    public static final Duration APPROVAL_WAIT_MAX = Duration.ofDays(365);

    public static final TaskTerms DEFAULT = new TaskTerms(
            Autonomy.AUTO, DEFAULT_APPROVAL_WAIT, ReviewMode.EVERY_STEP, Budget.UNLIMITED, UnknownOutcome.TELL_MODEL);

    public TaskTerms {
        if (approvalWait.isNegative() || approvalWait.isZero() || approvalWait.compareTo(APPROVAL_WAIT_MAX) > 0) {
            throw new IllegalArgumentException("approval_wait must be above 0 and at most 365 days");
        }
        unknownOutcome = unknownOutcome == null ? UnknownOutcome.TELL_MODEL : unknownOutcome;
    }

    @Override
    public UnknownOutcome unknownOutcome() {
        return requireNonNull(unknownOutcome, "the constructor has set it");
    }
}
