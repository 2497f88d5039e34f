package dev.titan.dev.temporal;

import io.temporal.api.enums.v1.IndexedValueType;
import java.util.Map;
import java.util.TreeMap;

/** What Titan's workflows can be searched by; a server has to know each before a workflow may set it. */
public final class SearchAttributes {

    private static final Map<String, IndexedValueType> TYPES = Map.of(
            "TitanStatus", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
            "TitanOrganisation", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
            "TitanModel", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
            "TitanSteps", IndexedValueType.INDEXED_VALUE_TYPE_INT,
            "TitanCostUsd", IndexedValueType.INDEXED_VALUE_TYPE_DOUBLE,
            "TitanAwaiting", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);

    private SearchAttributes() {}

    /** Returns names and types, in a stable order. */
    public static Map<String, IndexedValueType> types() {
        return new TreeMap<>(TYPES);
    }

    /** Returns the type as the CLI spells it. */
    static String cliName(IndexedValueType type) {
        return switch (type) {
            case INDEXED_VALUE_TYPE_KEYWORD -> "Keyword";
            case INDEXED_VALUE_TYPE_INT -> "Int";
            case INDEXED_VALUE_TYPE_DOUBLE -> "Double";
            case INDEXED_VALUE_TYPE_TEXT -> "Text";
            case INDEXED_VALUE_TYPE_BOOL -> "Bool";
            case INDEXED_VALUE_TYPE_DATETIME -> "Datetime";
            case INDEXED_VALUE_TYPE_KEYWORD_LIST -> "KeywordList";
            case INDEXED_VALUE_TYPE_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("no search attribute has the type " + type);
        };
    }
}
