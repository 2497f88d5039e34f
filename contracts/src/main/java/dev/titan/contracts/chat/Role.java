package dev.titan.contracts.chat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a model call is for; each role has its own prompt and options. */
public enum Role {
    /** Makes a specification out of a goal. */
    INTERPRETER,
    /** Makes or revises a plan. */
    PLANNER,
    /** Works on a step by calling tools. */
    EXECUTOR,
    /** Judges a step, and at the end the task. */
    REVIEWER,
    /** Shortens history that has grown too long. */
    SUMMARIZER;

    /** Returns the name used in JSON and SQL: lower case with underscores. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a wire name; an unknown one is an {@link IllegalArgumentException}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Role of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
