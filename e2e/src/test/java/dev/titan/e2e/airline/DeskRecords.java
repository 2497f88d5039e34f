package dev.titan.e2e.airline;

import dev.titan.contracts.json.TitanJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The records of one desk in the transaction of one call. */
final class DeskRecords implements AirlineRecords {

    private final Connection connection;
    private final List<ObjectNode> flights;
    private final String desk;
    private final Map<Table, Map<String, ObjectNode>> put = new LinkedHashMap<>();

    DeskRecords(Connection connection, List<ObjectNode> flights, String desk) {
        this.connection = connection;
        this.flights = flights;
        this.desk = desk;
    }

    @Override
    public Optional<ObjectNode> find(Table table, String key) {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT record FROM records WHERE desk IN ('', ?) AND kind = ? AND key = ? ORDER BY desk DESC LIMIT 1
                """)) {
            select.setString(1, desk);
            select.setString(2, table.wire());
            select.setString(3, key);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(
                                TitanJson.mapper().readTree(rows.getString(1)).asObject())
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Stream<ObjectNode> flights() {
        return flights.stream();
    }

    @Override
    public void put(Table table, String key, ObjectNode record) {
        put.computeIfAbsent(table, _ -> new LinkedHashMap<>()).put(key, record);
    }

    Map<String, ObjectNode> put(Table table) {
        return put.getOrDefault(table, Map.of());
    }

    /** Returns whether something is not as it was; a change to what is there already is none. */
    boolean changed() {
        return put.entrySet().stream()
                .anyMatch(table -> table.getValue().entrySet().stream()
                        .anyMatch(entry -> !written(find(table.getKey(), entry.getKey()))
                                .equals(written(Optional.of(entry.getValue())))));
    }

    private static String written(Optional<ObjectNode> record) {
        return record.map(RecordText.CANONICAL::of).orElse("");
    }

    void forget() {
        put.clear();
    }
}
