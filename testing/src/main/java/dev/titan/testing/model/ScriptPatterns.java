package dev.titan.testing.model;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** How scripts compare texts: by search, where a dot spans lines and {@code ^ $} are those of a line. */
final class ScriptPatterns {

    /** Scripts hold a bounded number of patterns, so each is compiled once and kept. */
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private ScriptPatterns() {}

    static Pattern pattern(String regex) {
        return PATTERNS.computeIfAbsent(
                regex, text -> Pattern.compile(text, Pattern.DOTALL | Pattern.MULTILINE | Pattern.UNICODE_CASE));
    }

    static boolean found(String regex, String text) {
        return pattern(regex).matcher(text).find();
    }

    static Map<String, Object> laidOver(Map<String, Object> ground, Map<String, Object> over) {
        Map<String, Object> both = new HashMap<>(ground);
        both.putAll(over);
        return both;
    }
}
