package dev.titan.api.health;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** PostgreSQL. */
public final class DatabaseDependency implements Dependency {

    private static final int ANSWER_SECONDS_MAX = 2;

    private final DataSource dataSource;

    public DatabaseDependency(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public State state() {
        try (Connection connection = dataSource.getConnection()) {
            return connection.isValid(ANSWER_SECONDS_MAX) ? new State.Up() : new State.Down("it does not answer");
        } catch (SQLException e) {
            return new State.Down("it cannot be reached");
        }
    }
}
