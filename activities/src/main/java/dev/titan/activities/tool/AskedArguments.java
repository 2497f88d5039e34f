package dev.titan.activities.tool;

import dev.titan.contracts.json.TitanJson;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/** The arguments of a call as a model wrote them. */
public final class AskedArguments {

    private static final TypeReference<Map<String, Object>> ARGUMENTS = new TypeReference<>() {};

    private AskedArguments() {}

    /** Returns the object; empty when the text is none. Nothing at all counts as no arguments. */
    public static Optional<Map<String, Object>> parse(String json) {
        if (json.isBlank()) {
            return Optional.of(Map.of());
        }
        try {
            Map<String, Object> arguments = new HashMap<>(TitanJson.mapper().readValue(json, ARGUMENTS));
            arguments.values().removeIf(Objects::isNull); // null is how some models leave an argument out
            return Optional.of(arguments);
        } catch (JacksonException | NullPointerException notAnObject) {
            return Optional.empty();
        }
    }
}
