package dev.titan.e2e.airline;

import java.util.Locale;

/** The three kinds of records. */
enum Table {
    FLIGHTS,
    RESERVATIONS,
    USERS;

    /** Returns the name in JSON and in the database: lower case. */
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Table of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
