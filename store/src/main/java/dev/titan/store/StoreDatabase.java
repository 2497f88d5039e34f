package dev.titan.store;

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

    /** Migrates the database and opens it. */
    public static StoreDatabase open(DataSource dataSource) {
        Migrations.migrate(dataSource);
        return new StoreDatabase(
                dataSource,
                JdbcClient.create(dataSource),
                new TransactionTemplate(new JdbcTransactionManager(dataSource)));
    }
}
