package dev.titan.store;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The schema's versions. Several processes may migrate at once: one does, the others wait. */
public final class Migrations {

    private static final String LOCATION = "classpath:db/migration/titan";

    private Migrations() {}

    /** Brings the schema to the newest version. */
    public static void migrate(DataSource dataSource) {
        Flyway.configure().dataSource(dataSource).locations(LOCATION).load().migrate();
    }
}
