package dev.titan.tools.shell.policy;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The value of {@code ${…}}, as far as it can be known. */
final class Parameters {

    private static final Pattern NAME = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*|\\d+|[@*#?$!-])(.*)", Pattern.DOTALL);
    private static final Pattern SLICE = Pattern.compile(":\\s*(\\d+)(?::(\\d+))?");

    private Parameters() {}

    static String value(String inner, ShellState state, Function<String, String> expand) {
        Matcher name = NAME.matcher(inner);
        if (!name.matches()) {
            return Mark.UNKNOWN.text(); // ${#x}, ${!x} and what newer shells have added
        }
        String value = state.value(name.group(1));
        boolean set = state.isSet(name.group(1));
        String operation = name.group(2);
        if (operation.isEmpty() || operation.startsWith(":?") || operation.startsWith("?")) {
            return value;
        }
        Matcher slice = SLICE.matcher(operation);
        if (set && slice.matches()) {
            return slice(value, slice);
        }
        String word = operation.replaceFirst("^:?[-=+]", "");
        if (!word.equals(operation)) {
            boolean alternative = operation.startsWith("+") || operation.startsWith(":+");
            return set != alternative && set ? value : expand.apply(word);
        }
        if (set && (operation.startsWith("#") || operation.startsWith("%"))) {
            return stripped(value, operation, expand);
        }
        return Mark.anyIn(value) ? value : Mark.UNKNOWN.text();
    }

    private static String slice(String value, Matcher slice) {
        int from = Math.min(value.length(), Integer.parseInt(slice.group(1)));
        int length = slice.group(2) == null ? value.length() : Integer.parseInt(slice.group(2));
        return value.substring(from, Math.min(value.length(), from + length));
    }

    private static String stripped(String value, String operation, Function<String, String> expand) {
        String pattern = expand.apply(operation.replaceFirst("^(##?|%%?)", ""));
        if (pattern.contains("*") || pattern.contains("?") || Mark.anyIn(pattern)) {
            return Mark.UNKNOWN.text();
        }
        if (operation.startsWith("#")) {
            return value.startsWith(pattern) ? value.substring(pattern.length()) : value;
        }
        return value.endsWith(pattern) ? value.substring(0, value.length() - pattern.length()) : value;
    }
}
