package dev.titan.activities.tool;

import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.tool.ToolCall;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells calls and results apart: sixteen hexadecimal digits inside one task, all 64 where a person's approval is bound to
 * a call.
 */
public final class CallHash {

    private static final int DIGITS = 16;

    /** Canonical: keys sorted at every level, no white space. */
    private static final JsonMapper CANONICAL = TitanJson.mapper()
            .rebuild()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private CallHash() {}

    static String ofCall(String tool, Map<String, Object> arguments) {
        return exactly(new ToolCall(tool, arguments)).substring(0, DIGITS);
    }

    static String of(String text) {
        return sha256(text).substring(0, DIGITS);
    }

    /** Returns all of it, 64 digits, for what is bound to one very call. */
    public static String exactly(ToolCall call) {
        return sha256(call.tool() + "\n" + CANONICAL.writeValueAsString(call.arguments()));
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
