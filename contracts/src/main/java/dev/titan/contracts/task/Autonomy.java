package dev.titan.contracts.task;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which calls need a person's approval. */
public enum Autonomy {
    /** None. */
    AUTO,
    /** Calls that act outside of the sandbox or cannot be undone. */
    ASK_RISKY,
    /** Every call. */
    ASK_ALL;

    /** Returns the name used in JSON and SQL: lower case with underscores. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a wire name; an unknown one is an {@link IllegalArgumentException}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Autonomy of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
