package dev.titan.contracts.task;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who is told when a crash hides whether a call that must not be repeated took effect. */
public enum UnknownOutcome {
    /** The model, which goes on with that. */
    TELL_MODEL,
    /** A person, whose words become the call's result. */
    ASK_PERSON;

    /** Returns the name used in JSON and SQL: lower case with underscores. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a wire name; an unknown one is an {@link IllegalArgumentException}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static UnknownOutcome of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
