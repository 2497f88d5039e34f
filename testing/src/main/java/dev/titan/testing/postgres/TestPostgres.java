package dev.titan.testing.postgres;

import dev.titan.dev.postgres.PostgresAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Databases for tests, on one PostgreSQL server that starts with the first and ends with this JVM, however that ends.
 * Thread-safe.
 */
public final class TestPostgres {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestPostgres() {}

    /** Started when first asked for, by whichever thread asks first. */
    private static final class Server {
        static final PostgresAddress ADDRESS = GuardedPostgres.start();
    }

    /** Creates an empty database that no other caller gets, and returns how to reach it. */
    public static PostgresAddress freshDatabase() {
        PostgresAddress fresh = Server.ADDRESS.database("test_" + DATABASES.incrementAndGet());
        try (Connection connection = DriverManager.getConnection(
                        Server.ADDRESS.jdbcUrl(), Server.ADDRESS.user(), Server.ADDRESS.password());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + fresh.database());
            return fresh;
        } catch (SQLException e) {
            throw new IllegalStateException("could not create the database " + fresh, e);
        }
    }
}
