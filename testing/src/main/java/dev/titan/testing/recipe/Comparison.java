package dev.titan.testing.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.titan.contracts.json.TitanJson;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** How a tool result is held against its recording. */
public enum Comparison {
    /** Character by character. */
    EXACT,
    /** JSON as values, whatever its blanks and the order of its keys; other text with every run of white space as one blank. */
    NORMALISED,
    /** Not at all: what is different every time, such as a time or a process id. */
    IGNORE;

    /** Returns the name used in recipes: lower case. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a recipe's name of a comparison; an unknown one is an {@link IllegalArgumentException}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Comparison of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }

    /** Returns whether what was seen counts as what was recorded. */
    public boolean holds(String recorded, String seen) {
        return switch (this) {
            case EXACT -> recorded.equals(seen);
            case NORMALISED -> normal(recorded).equals(normal(seen));
            case IGNORE -> true;
        };
    }

    private static Object normal(String text) {
        Optional<JsonNode> json = json(text);
        return json.isPresent() ? json.get() : text.strip().replaceAll("\\s+", " ");
    }

    private static Optional<JsonNode> json(String text) {
        try {
            return Optional.of(TitanJson.mapper().readTree(text)).filter(JsonNode::isContainer);
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }
}
