package dev.titan.contracts.task;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which steps are reviewed by a model. */
public enum ReviewMode {
    /** All of them. */
    EVERY_STEP,
    /** Those that failed. */
    ON_ERROR,
    /** None: the success criteria at the end decide alone. */
    OFF;

    /** Returns the name used in JSON and SQL: lower case with underscores. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a wire name; an unknown one is an {@link IllegalArgumentException}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ReviewMode of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
