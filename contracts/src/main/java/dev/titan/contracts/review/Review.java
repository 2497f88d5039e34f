package dev.titan.contracts.review;

import java.util.List;

/**
 * What follows a step, in one structured reply of the reviewer.
 *
 * @param decision what to do next
 * @param critique whether the work is on track, and what is wrong with it
 */
public record Review(Decision decision, Critique critique) {

    /**
     * The critic's part.
     *
     * @param onTrack whether the task is on the way to its goal
     * @param issues what is wrong, one sentence each
     * @param suggestions what to do about it, one sentence each
     * @param confidence 0.0–1.0
     */
    public record Critique(boolean onTrack, List<String> issues, List<String> suggestions, double confidence) {
        public Critique {
            issues = List.copyOf(issues);
            suggestions = List.copyOf(suggestions);
            if (!(confidence >= 0 && confidence <= 1)) {
                throw new IllegalArgumentException("confidence must be 0–1, not " + confidence);
            }
        }
    }
}
