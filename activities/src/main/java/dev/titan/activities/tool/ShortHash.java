package dev.titan.activities.tool;

import dev.titan.contracts.json.TitanJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Sixteen hexadecimal digits that tell calls and results apart inside one task; not for security. */
final class ShortHash {

    private static final int DIGITS = 16;

    /** Canonical: keys sorted at every level, no white space. */
    private static final JsonMapper CANONICAL = TitanJson.mapper()
            .rebuild()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private ShortHash() {}

    static String ofCall(String tool, Map<String, Object> arguments) {
        return of(tool + "\n" + CANONICAL.writeValueAsString(arguments));
    }

    static String of(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
