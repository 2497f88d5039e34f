package dev.titan.e2e.airline;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** The whole database as canonical JSON: most of it is the same at every desk and is written once. */
final class UntouchedHash {

    private final Map<Table, Map<String, String>> untouched = new EnumMap<>(Table.class);

    UntouchedHash(Function<Table, Map<String, ObjectNode>> records) {
        for (Table table : Table.values()) {
            untouched.put(table, written(records.apply(table)));
        }
    }

    /** Returns the SHA-256 of the database in which these records are in the place of the untouched ones. */
    String with(Map<Table, Map<String, ObjectNode>> changed) {
        return RecordText.sha256(Arrays.stream(Table.values())
                .map(table -> {
                    Map<String, String> records = new TreeMap<>(untouched.getOrDefault(table, Map.of()));
                    records.putAll(written(changed.getOrDefault(table, Map.of())));
                    return records.entrySet().stream()
                            .map(entry -> "\"%s\":%s".formatted(entry.getKey(), entry.getValue()))
                            .collect(Collectors.joining(",", "\"" + table.wire() + "\":{", "}"));
                })
                .collect(Collectors.joining(",", "{", "}")));
    }

    private static Map<String, String> written(Map<String, ObjectNode> records) {
        Map<String, String> written = new TreeMap<>();
        records.forEach((key, record) -> written.put(key, RecordText.CANONICAL.of(record)));
        return written;
    }
}
