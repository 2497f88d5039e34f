package dev.titan.contracts.artifact;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an artifact is. */
public enum ArtifactKind {
    /** A file of the workspace. */
    FILE,
    /** An address. */
    URL,
    /** Text, such as a final answer. */
    TEXT,
    /** Structured data. */
    DATA;

    /** Returns the name used in JSON and SQL: lower case with underscores. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a wire name; an unknown one is an {@link IllegalArgumentException}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ArtifactKind of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
