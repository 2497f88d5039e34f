package dev.titan.contracts.tool;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a call has to run, which decides its task queue. */
public enum ToolPlace {
    /** Anywhere: the tool needs no sandbox. */
    WORKER,
    /** On the host of the task's sandbox. */
    SANDBOX,
    /** Nowhere: a person answers. */
    PERSON;

    /** Returns the name used in JSON and SQL: lower case with underscores. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a wire name; an unknown one is an {@link IllegalArgumentException}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ToolPlace of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
