package dev.titan.store.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Columns as the types the rest of the code uses. */
public final class Columns {

    private Columns() {}

    /** Reads a {@code timestamptz} that is never null. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** Reads a {@code timestamptz}. */
    public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** Reads an {@code int}. */
    public static @Nullable Integer intOrNull(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }

    /** Reads a {@code text}. */
    @SuppressWarnings("NullAway") // JDBC's getString returns null for NULL and its signature does not say so
    public static @Nullable String textOrNull(ResultSet row, String column) throws SQLException {
        return row.getString(column);
    }

    /** Returns the time as a {@code timestamptz} keeps it: in microseconds, in UTC. */
    public static OffsetDateTime timestamp(Instant time) {
        return storable(time).atOffset(ZoneOffset.UTC);
    }

    /** Returns the time cut to the microseconds PostgreSQL keeps, so that what is written equals what is read. */
    public static Instant storable(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }
}
