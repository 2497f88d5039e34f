package dev.titan.workflows.task;

import dev.titan.contracts.review.Decision;
import dev.titan.contracts.task.StepPlace;

/** What became of a step that was worked on: what its reviewer decided, or why there was nothing to review. */
sealed interface StepResult {

    /** The step ended and was reviewed. */
    record Reviewed(Decision decision) implements StepResult {}

    /**
     * The run is to be continued by a new one, which goes on at this place.
     *
     * @param place where
     */
    record Parked(StepPlace place) implements StepResult {}

    /** The task has no steps left. */
    record OutOfSteps() implements StepResult {}

    /**
     * The same call gives the same result again and again.
     *
     * @param tool the tool that is called
     */
    record Stuck(String tool) implements StepResult {}
}
