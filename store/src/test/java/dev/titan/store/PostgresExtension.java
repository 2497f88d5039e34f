package dev.titan.store;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariDataSource;
import dev.titan.dev.postgres.PostgresAddress;
import dev.titan.testing.postgres.TestPostgres;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands a test class a migrated database of its own. The session's time zone is an odd
 * one, so that code that forgets zones shows it.
 */
public final class PostgresExtension implements BeforeAllCallback, AfterAllCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(PostgresExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        PostgresAddress address = TestPostgres.freshDatabase();
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(address.jdbcUrl());
        pool.setUsername(address.user());
        pool.setPassword(address.password());
        pool.setConnectionInitSql("set time zone 'Asia/Kathmandu'");
        pool.setMaximumPoolSize(20);
        context.getStore(NAMESPACE).put("pool", pool);
        context.getStore(NAMESPACE).put("database", StoreDatabase.open(pool));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        requireNonNull(context.getStore(NAMESPACE).get("pool", HikariDataSource.class))
                .close();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == StoreDatabase.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return requireNonNull(context.getStore(NAMESPACE).get("database", StoreDatabase.class));
    }
}
