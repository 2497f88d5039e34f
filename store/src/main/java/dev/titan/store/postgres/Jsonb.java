package dev.titan.store.postgres;

import dev.titan.contracts.json.TitanJson;
import tools.jackson.core.type.TypeReference;

/**
 * Values as the text of a {@code jsonb} parameter ({@code cast(:x as jsonb)}) and back. What PostgreSQL cannot keep is
 * replaced as {@link PostgresText} says, also where JSON has it as an escape.
 */
public final class Jsonb {

    private static final String NUL_ESCAPE = "\\u0000";

    private Jsonb() {}

    /** Writes a value. */
    public static String write(Object value) {
        return PostgresText.storable(withoutNulEscapes(TitanJson.mapper().writeValueAsString(value)));
    }

    /** Reads a value. */
    public static <T> T read(String json, Class<T> type) {
        return TitanJson.mapper().readValue(json, type);
    }

    /** Reads a value of a generic type. */
    public static <T> T read(String json, TypeReference<T> type) {
        return TitanJson.mapper().readValue(json, type);
    }

    private static String withoutNulEscapes(String json) {
        if (!json.contains(NUL_ESCAPE)) {
            return json;
        }
        StringBuilder kept = new StringBuilder(json.length());
        int at = 0;
        while (at < json.length()) {
            if (json.startsWith(NUL_ESCAPE, at)) {
                kept.append(PostgresText.REPLACEMENT);
                at += NUL_ESCAPE.length();
            } else if (json.charAt(at) == '\\') {
                // An escape of two characters, such as an escaped backslash before the letters u0000.
                kept.append(json, at, at + 2);
                at += 2;
            } else {
                kept.append(json.charAt(at));
                at++;
            }
        }
        return kept.toString();
    }
}
