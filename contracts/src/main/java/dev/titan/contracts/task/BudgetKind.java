package dev.titan.contracts.task;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The parts of a budget. */
public enum BudgetKind {
    /** Money for model calls. */
    MAX_USD,
    /** Input and output tokens together. */
    MAX_TOKENS,
    /** Wall time from the start of the loop. */
    MAX_SECONDS,
    /** Calls of any model in any role. */
    MAX_MODEL_CALLS,
    /** Calls of any tool. */
    MAX_TOOL_CALLS;

    /** Returns the name used in JSON and SQL: lower case with underscores. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a wire name; an unknown one is an {@link IllegalArgumentException}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static BudgetKind of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
