package dev.titan.contracts.task;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a task has the status it has. */
public enum TaskReason {
    /** Waiting for a person to allow a call. */
    APPROVAL,
    /** Waiting for an answer from the user. */
    INPUT,
    /** Paused because a budget is used up. */
    BUDGET_REACHED,
    /** A user asked for it. */
    USER,
    /** More than the allowed number of steps. */
    TIMEOUT,
    /** The loop repeats itself and no correction helps. */
    STUCK,
    /** Everything planned was done and the success criteria are still not met. */
    CRITERIA_UNMET,
    /** The model could not be used: no key, a refused key, no answer, or answers that make no sense. */
    MODEL_ERROR,
    /** The sandbox is gone and with it the workspace. */
    SANDBOX_LOST,
    /** No sandbox could be created. */
    SANDBOX_UNAVAILABLE,
    /** Temporal no longer knows the execution. */
    EXECUTION_LOST,
    /** Anything else that repeating cannot mend; the message says what. */
    UNRECOVERABLE;

    /** Returns the name used in JSON and SQL: lower case with underscores. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a wire name; an unknown one is an {@link IllegalArgumentException}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static TaskReason of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
