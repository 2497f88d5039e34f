package dev.titan.contracts.tool;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a tool call did not do what was asked, as the model is told. */
public enum FailureKind {
    /** There is no tool of that name, or the task may not use it. */
    UNKNOWN_TOOL,
    /** The arguments do not fit the tool's schema. */
    INVALID_ARGUMENTS,
    /** A policy forbids the call. */
    DENIED,
    /** The file or thing named does not exist. */
    NOT_FOUND,
    /** The content is above a limit. */
    TOO_LARGE,
    /** The time limit ended the call. */
    TIMED_OUT,
    /** The command ended with a status other than 0. */
    EXIT_STATUS,
    /** The call was stopped before it ended. */
    CANCELLED,
    /** A crash hid whether the effect took place; it was not repeated. */
    OUTCOME_UNKNOWN,
    /** Anything else; the message says what. */
    FAILED;

    /** Returns the name used in JSON and SQL: lower case with underscores. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a wire name; an unknown one is an {@link IllegalArgumentException}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static FailureKind of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
