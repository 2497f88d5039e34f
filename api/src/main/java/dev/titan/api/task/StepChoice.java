package dev.titan.api.task;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.titan.api.problem.ProblemException;
import dev.titan.contracts.plan.StepId;
import dev.titan.store.fork.ForkPoint;

/** A step as a client names it. */
sealed interface StepChoice {

    /** Reads an id. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static StepChoice named(String id) {
        return new Named(id);
    }

    /** Reads a number. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static StepChoice numbered(int number) {
        return new Numbered(number);
    }

    /** Returns the moment after it, or ends the request when there can be no such step. */
    ForkPoint after();

    /**
     * By its id.
     *
     * @param id as the client writes it
     */
    record Named(@JsonValue String id) implements StepChoice {

        @Override
        public ForkPoint after() {
            try {
                return new ForkPoint.After(new StepId(id));
            } catch (IllegalArgumentException e) {
                throw ProblemException.invalid(
                        "step", "must be the id of a step, 1–40 characters of a-z 0-9 _ -, or its number in the plan");
            }
        }
    }

    /**
     * By its number.
     *
     * @param number its place in the plan in force, from 1
     */
    record Numbered(@JsonValue int number) implements StepChoice {

        @Override
        public ForkPoint after() {
            if (number < 1) {
                throw ProblemException.invalid("step", "counts from 1");
            }
            return new ForkPoint.AfterNumber(number);
        }
    }
}
