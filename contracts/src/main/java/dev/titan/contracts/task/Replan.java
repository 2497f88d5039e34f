package dev.titan.contracts.task;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a task that goes on from another one makes a new plan before anything else. */
public enum Replan {
    /** It has another goal. */
    OTHER_GOAL,
    /** Everything planned was done, and the last verdict said that the goal is not reached. */
    VERDICT;

    /** Returns the name used in JSON and SQL: lower case with underscores. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a wire name; an unknown one is an {@link IllegalArgumentException}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Replan of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
