package dev.titan.contracts.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a step is. */
public enum StepStatus {
    /** Its dependencies are not met yet, or its turn has not come. */
    PENDING,
    /** Being worked on. */
    RUNNING,
    /** Done. */
    SUCCEEDED,
    /** Ended without success. */
    FAILED,
    /** Cannot begin: a step it depends on has failed or was skipped. Follows from those steps and is stored nowhere. */
    BLOCKED,
    /** Left undone: by a revised plan, by a review that finished the plan, or by the end of the task. */
    SKIPPED;

    /** Returns the name used in JSON and SQL: lower case with underscores. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a wire name; an unknown one is an {@link IllegalArgumentException}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static StepStatus of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
