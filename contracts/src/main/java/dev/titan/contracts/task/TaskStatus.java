package dev.titan.contracts.task;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a task is, in the words clients know. */
public enum TaskStatus {
    /** Accepted and stored; its workflow has not begun. */
    QUEUED,
    /** The loop is at work. */
    RUNNING,
    /** The loop waits for a person; the reason says for what. */
    WAITING,
    /** Stopped by a person or a budget and ready to go on. */
    PAUSED,
    /** Ended; the success criteria are met. */
    SUCCEEDED,
    /** Ended without success; the reason says why. */
    FAILED,
    /** Ended by a user. */
    CANCELLED;

    /** Returns the name used in JSON and SQL: lower case with underscores. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a wire name; an unknown one is an {@link IllegalArgumentException}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static TaskStatus of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
