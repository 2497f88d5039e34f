package dev.titan.contracts.tool;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What repeating a call would do, which decides what happens after a crash. */
public enum EffectClass {
    /** No side effect: run again. */
    PURE,
    /** Repeating is harmless, or the far side honours our key: run again with the same key. */
    IDEMPOTENT,
    /** Contained in the sandbox, whose daemon keeps a journal: re-attach. */
    SANDBOX,
    /** Cannot be undone or recognised: never silently repeated. */
    ONCE;

    /** Returns the name used in JSON and SQL: lower case with underscores. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a wire name; an unknown one is an {@link IllegalArgumentException}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static EffectClass of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
