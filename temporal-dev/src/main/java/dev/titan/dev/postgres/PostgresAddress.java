package dev.titan.dev.postgres;

import static java.util.Objects.requireNonNull;

/**
 * How to reach a PostgreSQL database on this machine.
 *
 * @param port on 127.0.0.1
 * @param database its name
 * @param user who may do everything in it
 * @param password of that user
 */
public record PostgresAddress(int port, String database, String user, String password) {

    public PostgresAddress {
        requireNonNull(database, "database is null");
        requireNonNull(user, "user is null");
        requireNonNull(password, "password is null");
    }

    /** Returns the URL for the JDBC driver, without user and password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Returns the same server's other database. */
    public PostgresAddress database(String other) {
        return new PostgresAddress(port, other, user, password);
    }

    @Override
    public String toString() {
        return user + "@127.0.0.1:" + port + "/" + database;
    }
}
