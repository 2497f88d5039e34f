package dev.titan.store.auth;

import java.util.Locale;

/** What an API key may do. */
public enum Scope {
    /** See tasks, their events and artifacts. */
    TASKS_READ,
    /** Start, steer and cancel tasks. */
    TASKS_WRITE;

    /** Returns the name used in JSON and SQL, such as {@code tasks_read}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a wire name; an unknown one is an {@link IllegalArgumentException}. */
    public static Scope of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
