package dev.titan.workflows.task;

import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.task.StepPlace;

/** How the work on a step stopped. */
sealed interface StepEnd {

    /**
     * The planned call succeeded, or the model says it is done.
     *
     * @param status failed when the last call of the step failed
     * @param turn the last turn of the step
     */
    record Done(StepStatus status, int turn) implements StepEnd {}

    /**
     * The run is to be continued by a new one, which goes on at this place.
     *
     * @param place where
     */
    record Parked(StepPlace place) implements StepEnd {}

    /** The task has no steps left. */
    record OutOfSteps() implements StepEnd {}

    /**
     * The same call gives the same result again and again.
     *
     * @param tool the tool that is called
     */
    record Stuck(String tool) implements StepEnd {}
}
