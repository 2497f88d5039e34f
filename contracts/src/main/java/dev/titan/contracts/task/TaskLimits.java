package dev.titan.contracts.task;

/**
 * What the loop may do before it stops by itself.
 *
 * @param maxSteps turns over the whole task, planned calls included; one more ends it {@code failed/timeout}
 * @param maxCorrections revised plans and second tries over the whole task
 */
public record TaskLimits(int maxSteps, int maxCorrections) {

    /** Enough for a day's work of a person, small enough that a runaway model is noticed within minutes. */
    public static final int DEFAULT_MAX_STEPS = 50;

    /** Repairs rarely succeed after the fifth try. */
    public static final int DEFAULT_MAX_CORRECTIONS = 5;

    public static final TaskLimits DEFAULT = new TaskLimits(DEFAULT_MAX_STEPS, DEFAULT_MAX_CORRECTIONS);

    public TaskLimits {
        if (maxSteps < 1 || maxSteps > 10_000) {
            throw new IllegalArgumentException("max_steps must be 1–10,000, not " + maxSteps);
        }
        if (maxCorrections < 0 || maxCorrections > 100) {
            throw new IllegalArgumentException("max_corrections must be 0–100, not " + maxCorrections);
        }
    }
}
