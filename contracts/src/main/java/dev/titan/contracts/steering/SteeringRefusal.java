package dev.titan.contracts.steering;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a task does not take a command; the type of the failure that says so. */
public enum SteeringRefusal {
    /** It is paused by its user already. */
    ALREADY_PAUSED,
    /** It is not paused by its user. */
    NOT_PAUSED,
    /** It is paused because a budget is used up; raising the budget resumes it. */
    BUDGET_REACHED,
    /** The new budget does not raise the one in force. */
    BUDGET_NOT_RAISED,
    /** No such approval is asked for. */
    APPROVAL_UNKNOWN,
    /** The approval is about other arguments than the decision names. */
    APPROVAL_STALE,
    /** Somebody has decided already, or the time is over. */
    APPROVAL_DECIDED,
    /** It has an outcome and is closing. */
    TASK_ENDING;

    /** Returns the name used in JSON and SQL: lower case with underscores. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a wire name; an unknown one is an {@link IllegalArgumentException}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static SteeringRefusal of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
