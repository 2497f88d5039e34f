package dev.titan.store.fork;

import dev.titan.contracts.plan.StepId;

/** Where in a task another one begins. */
public sealed interface ForkPoint {

    /**
     * After a step that is done.
     *
     * @param step the step
     */
    record After(StepId step) implements ForkPoint {}

    /**
     * After a step that is done, by its place.
     *
     * @param number its place in the plan in force, from 1
     */
    record AfterNumber(int number) implements ForkPoint {}

    /** After all that is done, in a task that has ended without success. */
    record WhatIsDone() implements ForkPoint {}
}
