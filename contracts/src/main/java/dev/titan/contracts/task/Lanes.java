package dev.titan.contracts.task;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How the calls of a task get to their sandbox. */
public enum Lanes {
    /** Every call is an activity of its own, which costs the server some 15 ms. */
    REGULAR,
    /** A call begins in the process that has the workflow, and becomes an activity when it is not over soon. */
    TWO;

    /** Returns the name used in JSON and settings: lower case. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a wire name; an unknown one is an {@link IllegalArgumentException}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Lanes of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
