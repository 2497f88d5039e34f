package dev.titan.activities.tool;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Arguments and results as events show them: whole when short, their beginning when long. The ledger has all of it. */
public final class ShortText {

    /** Enough of an argument for a person to recognise the call. */
    private static final int ARGUMENT_CHARS_MAX = 500;

    /** Enough of a result for a person to see how a call went; events are sent to every viewer. */
    private static final int RESULT_CHARS_MAX = 2_000;

    private ShortText() {}

    /** Returns arguments with long values cut. */
    public static Map<String, Object> arguments(Map<String, Object> arguments) {
        return arguments.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> value(entry.getValue()), (first, second) -> first, TreeMap::new));
    }

    static String result(String text) {
        return cut(text, RESULT_CHARS_MAX);
    }

    private static Object value(Object value) {
        return switch (value) {
            case String text -> cut(text, ARGUMENT_CHARS_MAX);
            case Map<?, ?> map
            when map.toString().length() > ARGUMENT_CHARS_MAX -> cut(map.toString(), ARGUMENT_CHARS_MAX);
            case List<?> list
            when list.toString().length() > ARGUMENT_CHARS_MAX -> cut(list.toString(), ARGUMENT_CHARS_MAX);
            default -> value;
        };
    }

    private static String cut(String text, int charsMax) {
        if (text.length() <= charsMax) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(charsMax - 1)) ? charsMax - 1 : charsMax;
        return text.substring(0, end) + String.format(Locale.ROOT, "… (%,d characters in all)", text.length());
    }
}
