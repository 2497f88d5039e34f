package dev.titan.e2e.airline;

import dev.titan.contracts.json.TitanJson;
import dev.titan.dev.postgres.PostgresAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The airline's database. Every desk sees a copy of its own: the records of the files, under those it has changed. One
 * call at a time, each in one transaction with its row in the ledger and the answer under its key. Thread-safe.
 */
public final class AirlineDatabase implements AutoCloseable {

    /** The records as they are in the files belong to nobody. */
    private static final String NOBODY = "";

    private static final String TABLES = """
            CREATE TABLE records (
                desk text NOT NULL, kind text NOT NULL, key text NOT NULL, place serial, record text NOT NULL,
                PRIMARY KEY (desk, kind, key));
            CREATE TABLE ledger (
                place bigserial PRIMARY KEY, desk text NOT NULL, caller text NOT NULL, name text NOT NULL,
                args_sha256 text NOT NULL, changed boolean NOT NULL);
            CREATE TABLE answers (key text PRIMARY KEY, answer text NOT NULL);
            """;

    private final Connection connection;
    private final List<ObjectNode> flights;
    private final UntouchedHash hash;

    private AirlineDatabase(Connection connection) throws SQLException {
        this.connection = connection;
        this.flights = List.copyOf(records(NOBODY, Table.FLIGHTS).values());
        this.hash = new UntouchedHash(table -> {
            try {
                return records(NOBODY, table);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Loads the records of the files into an empty database. */
    public static AirlineDatabase load(PostgresAddress address) {
        try {
            Connection connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(TABLES);
            }
            for (Table table : Table.values()) {
                Map<String, ObjectNode> records = new LinkedHashMap<>();
                AirlineCorpus.records(table)
                        .properties()
                        .forEach(entry ->
                                records.put(entry.getKey(), entry.getValue().asObject()));
                store(connection, NOBODY, table, records);
            }
            connection.commit();
            return new AirlineDatabase(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("the airline has no database", e);
        }
    }

    /**
     * What came of a call.
     *
     * @param text the answer
     * @param changed whether this call has changed something, and not an earlier one of the same key
     */
    record Answer(String text, boolean changed) {}

    /** Does what is asked, or answers again what was answered under the same key. */
    synchronized Answer answer(DeskCall call) {
        try {
            try {
                Optional<String> known = known(call);
                Answer answer = known.isPresent() ? new Answer(known.get(), false) : execute(call);
                connection.commit();
                return answer;
            } finally {
                connection.rollback(); // of nothing, after a commit
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the airline lost its database", e);
        }
    }

    /** Returns the calls of changing tools that a desk has executed and not refused, in order. */
    public synchronized List<LedgerRow> executed(String desk) {
        return rows(desk, "true", row -> new LedgerRow(row.getString(1), row.getString(2)));
    }

    /** Returns those of them that have changed something; replacing what is there by the same has not. */
    public synchronized List<LedgerRow> ledger(String desk) {
        return rows(desk, "changed", row -> new LedgerRow(row.getString(1), row.getString(2)));
    }

    /** Returns who made the executed calls, in order. */
    public synchronized List<String> callers(String desk) {
        return rows(desk, "true", row -> row.getString(3));
    }

    /** Returns the SHA-256 of all the records as a desk sees them. */
    public synchronized String sha256(String desk) {
        Map<Table, Map<String, ObjectNode>> changed = new LinkedHashMap<>();
        for (Table table : Table.values()) {
            changed.put(table, changed(desk, table));
        }
        return hash.with(changed);
    }

    /** Returns the records that a desk has put. */
    public synchronized Map<String, ObjectNode> changed(String desk, Table table) {
        try {
            return records(desk, table);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<String> known(DeskCall call) throws SQLException {
        if (call.key() == null) {
            return Optional.empty();
        }
        try (PreparedStatement select = connection.prepareStatement("SELECT answer FROM answers WHERE key = ?")) {
            select.setString(1, call.key());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        }
    }

    private Answer execute(DeskCall call) throws SQLException {
        DeskRecords records = new DeskRecords(connection, flights, call.desk());
        String text;
        boolean executed;
        try {
            text = new AirlineDesk(records).answer(call.tool(), call.arguments());
            executed = AirlineTools.CHANGES.contains(call.tool());
        } catch (Refusal refusal) {
            text = "Error: " + refusal.getMessage();
            executed = false;
            records.forget();
        }
        boolean changed = records.changed();
        for (Table table : Table.values()) {
            store(connection, call.desk(), table, records.put(table));
        }
        if (executed) {
            update(
                    "INSERT INTO ledger (desk, caller, name, args_sha256, changed) VALUES (?, ?, ?, ?, ?::boolean)",
                    call.desk(),
                    call.caller(),
                    call.tool(),
                    RecordText.sha256(RecordText.CANONICAL.of(call.arguments())),
                    String.valueOf(changed));
        }
        if (call.key() != null) {
            update("INSERT INTO answers (key, answer) VALUES (?, ?)", call.key(), text);
        }
        return new Answer(text, changed);
    }

    private void update(String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private static void store(Connection connection, String desk, Table table, Map<String, ObjectNode> records)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO records (desk, kind, key, record) VALUES (?, ?, ?, ?)
                ON CONFLICT (desk, kind, key) DO UPDATE SET record = excluded.record
                """)) {
            for (Map.Entry<String, ObjectNode> entry : records.entrySet()) {
                insert.setString(1, desk);
                insert.setString(2, table.wire());
                insert.setString(3, entry.getKey());
                insert.setString(4, entry.getValue().toString());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private Map<String, ObjectNode> records(String desk, Table table) throws SQLException {
        Map<String, ObjectNode> records = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT key, record FROM records WHERE desk = ? AND kind = ? ORDER BY place")) {
            select.setString(1, desk);
            select.setString(2, table.wire());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    records.put(rows.getString(1), json(rows.getString(2)));
                }
            }
        }
        return records;
    }

    private static ObjectNode json(String text) {
        return TitanJson.mapper().readTree(text).asObject();
    }

    @FunctionalInterface
    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> rows(String desk, String condition, Row<T> read) {
        String sql = "SELECT name, args_sha256, caller FROM ledger WHERE desk = ? AND %s ORDER BY place"
                .formatted(condition);
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, desk);
            try (ResultSet rows = select.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(read.of(rows));
                }
                return found;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
