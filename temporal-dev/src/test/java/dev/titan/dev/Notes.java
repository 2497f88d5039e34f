package dev.titan.dev;

import dev.titan.dev.postgres.PostgresAddress;
import dev.titan.dev.temporal.TemporalService;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Something to find again in both databases: a row in PostgreSQL, an open workflow in Temporal. */
final class Notes {

    private final EmbeddedStack stack;

    Notes(EmbeddedStack stack) {
        this.stack = stack;
    }

    void leave(String note) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS notes (note text)");
            statement.execute("INSERT INTO notes VALUES ('" + note + "')");
        }
        withClient(client -> {
            client.newUntypedWorkflowStub(
                            "nobodyRunsThis",
                            WorkflowOptions.newBuilder()
                                    .setTaskQueue("notes")
                                    .setWorkflowId(note)
                                    .build())
                    .start();
            return true;
        });
    }

    List<String> inPostgres() throws SQLException {
        List<String> notes = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT note FROM notes")) {
            while (rows.next()) {
                notes.add(rows.getString(1));
            }
        }
        return notes;
    }

    boolean inTemporal(String note) {
        return withClient(client -> client.newUntypedWorkflowStub(note)
                .describe()
                .getExecution()
                .getWorkflowId()
                .equals(note));
    }

    private Connection connect() throws SQLException {
        PostgresAddress address = stack.postgres();
        return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
    }

    private <T> T withClient(Function<WorkflowClient, T> action) {
        TemporalService service = stack.temporal();
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(service.target())
                .build());
        try {
            return action.apply(WorkflowClient.newInstance(stubs));
        } finally {
            stubs.shutdownNow();
        }
    }
}
