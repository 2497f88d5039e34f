package dev.titan.store;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The schema's versions. Several processes may migrate at once: one does, the others wait. */
public final class Migrations {

    private static final String LOCATION = "classpath:db/migration/titan";

    /** A database that starts together with this process answers within the minute. */
    private static final int CONNECT_SECONDS_MAX = 60;

    private Migrations() {}

    /** Brings the schema to the newest version. */
    public static void migrate(DataSource dataSource) {
        Flyway.configure()
                .dataSource(dataSource)
                .connectRetries(CONNECT_SECONDS_MAX)
                .connectRetriesInterval(1)
                .locations(LOCATION)
                .load()
                .migrate();
    }
}
