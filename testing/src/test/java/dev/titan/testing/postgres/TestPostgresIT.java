package dev.titan.testing.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.dev.postgres.PostgresAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("postgres")
class TestPostgresIT {

    @Test
    void givesEachCallerADatabaseOfItsOwn() throws Exception {
        PostgresAddress first = TestPostgres.freshDatabase();
        PostgresAddress second = TestPostgres.freshDatabase();

        assertThat(currentDatabase(first)).isEqualTo(first.database());
        assertThat(currentDatabase(second)).isEqualTo(second.database()).isNotEqualTo(first.database());
    }

    private static String currentDatabase(PostgresAddress address) throws Exception {
        try (Connection connection =
                        DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_database()")) {
            row.next();
            return row.getString(1);
        }
    }
}
