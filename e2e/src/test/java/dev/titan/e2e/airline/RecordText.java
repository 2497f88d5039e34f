package dev.titan.e2e.airline;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * JSON as Python's {@code json.dumps} writes it: as the airline prints records, and in the canonical form that hashes are
 * taken of.
 *
 * @param separator between the members of an object or array
 * @param colon between a key and its value
 * @param ascii whether other characters are escaped
 * @param sorted whether keys are in order
 */
record RecordText(String separator, String colon, boolean ascii, boolean sorted) {

    /** {@code json.dumps(value)}. */
    static final RecordText PRINTED = new RecordText(", ", ": ", true, false);

    /** {@code json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)}. */
    static final RecordText CANONICAL = new RecordText(",", ":", false, true);

    /** The last character that is written as it is when only ASCII is wanted. */
    private static final char ASCII_MAX = '~';

    /** Returns the SHA-256 of the UTF-8 of a text, in hexadecimal digits. */
    static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** Writes a value. */
    String of(JsonNode value) {
        StringBuilder text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    private void write(JsonNode value, StringBuilder text) {
        if (value.isObject()) {
            Map<String, JsonNode> members = sorted ? new TreeMap<>() : new LinkedHashMap<>();
            value.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
            open('{', List.copyOf(members.entrySet()), '}', text, member -> {
                quote(member.getKey(), text);
                text.append(colon);
                write(member.getValue(), text);
            });
        } else if (value.isArray()) {
            open('[', List.copyOf(value.values()), ']', text, item -> write(item, text));
        } else if (value.isString()) {
            quote(value.asString(), text);
        } else {
            text.append(value);
        }
    }

    private <T> void open(char first, List<T> members, char last, StringBuilder text, Consumer<T> one) {
        text.append(first);
        boolean more = false;
        for (T member : members) {
            if (more) {
                text.append(separator);
            }
            one.accept(member);
            more = true;
        }
        text.append(last);
    }

    private void quote(String string, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                default -> {
                    if (c < ' ' || (ascii && c > ASCII_MAX)) {
                        text.append("\\u%04x".formatted((int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
