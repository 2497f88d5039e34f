package dev.titan.contracts.review;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What follows a step. */
public enum Decision {
    /** A: the step did its part; go on with the plan. */
    CONTINUE,
    /** B: the plan no longer fits; make a new one. */
    REVISE_PLAN,
    /** C: the step's goal is right and its means are not; try it another way. */
    OTHER_TOOL,
    /** D: the goal is reached, or cannot be reached; finish now. */
    FINISH;

    /** Returns the name used in JSON and SQL: lower case with underscores. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a wire name; an unknown one is an {@link IllegalArgumentException}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Decision of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
