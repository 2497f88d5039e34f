package dev.titan.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A migrated database and the ways to use it.
 *
 * @param dataSource its connections
 * @param jdbc runs statements
 * @param transaction runs what belongs together; inside another one it joins
 */
public record StoreDatabase(DataSource dataSource, JdbcClient jdbc, TransactionTemplate transaction) {

    private static final int ANSWER_SECONDS_MAX = 2;

    /** Migrates the database and opens it. */
    public static StoreDatabase open(DataSource dataSource) {
        Migrations.migrate(dataSource);
        return new StoreDatabase(
                dataSource,
                JdbcClient.create(dataSource),
                new TransactionTemplate(new JdbcTransactionManager(dataSource)));
    }

    /** Returns whether the database answers within two seconds, beside the time it takes to get a connection. */
    public boolean answers() {
        try (Connection connection = dataSource.getConnection()) {
            return connection.isValid(ANSWER_SECONDS_MAX);
        } catch (SQLException e) {
            return false;
        }
    }
}
