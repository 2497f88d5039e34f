package dev.titan.testing.model;

import dev.titan.testing.model.YamlScript.Condition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fills {@code {{name}}} in a script's texts; a name nobody knows is a mistake in the script. */
final class Template {

    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z_]+(?:\\.\\d)?)}}");

    private final Map<String, String> values;

    private Template(Map<String, String> values) {
        this.values = values;
    }

    static Template of(YamlScript script, ModelRequest request, @Nullable Condition condition) {
        Map<String, String> values = new HashMap<>();
        values.put("goal", request.goal());
        values.put("n", Integer.toString(request.results().size() + 1));
        values.put("last", request.lastResult());
        groups("goal", script.goalPattern(), request.goal(), values);
        if (condition != null && condition.last() != null) {
            groups("last", ScriptPatterns.pattern(condition.last()), request.lastResult(), values);
        }
        if (condition != null && condition.any() != null) {
            for (String result : request.results()) {
                groups("any", ScriptPatterns.pattern(condition.any()), result, values);
            }
        }
        return new Template(values);
    }

    String fill(String text) {
        return PLACE.matcher(text).replaceAll(place -> {
            String value = values.get(place.group(1));
            if (value == null) {
                throw new IllegalArgumentException(
                        "the script's text names '%s', which has no value: %s".formatted(place.group(), text));
            }
            return Matcher.quoteReplacement(value);
        });
    }

    Map<String, Object> fill(Map<String, Object> values) {
        Map<String, Object> filled = new HashMap<>();
        values.forEach((name, value) -> filled.put(name, filled(value)));
        return filled;
    }

    private Object filled(Object value) {
        return switch (value) {
            case String text -> fill(text);
            case Map<?, ?> map -> {
                Map<String, Object> named = new HashMap<>();
                map.forEach((name, inner) -> named.put(String.valueOf(name), filled(inner)));
                yield named;
            }
            case List<?> list -> {
                List<Object> all = new ArrayList<>();
                list.forEach(inner -> all.add(filled(inner)));
                yield all;
            }
            default -> value;
        };
    }

    private static void groups(String name, Pattern pattern, String text, Map<String, String> values) {
        Matcher matcher = pattern.matcher(text);
        if (matcher.find()) {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                values.put(name + "." + group, matcher.group(group) == null ? "" : matcher.group(group));
            }
        }
    }
}
