package dev.titan.activities.tool;

import dev.titan.contracts.json.TitanJson;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Reads arguments strictly into a tool's record: nothing is converted, guessed or ignored, and every problem is named
 * with its field, so that a model can mend them all at once.
 */
public final class ArgumentReader {

    private static final JsonMapper STRICT = strict();

    /** Longer values are not repeated to the model, which wrote them. */
    private static final int QUOTED_CHARS_MAX = 60;

    private ArgumentReader() {}

    /** Returns the record, or every problem with its field. */
    public static <A extends Record> ReadArguments<A> read(Class<A> type, Map<String, Object> arguments) {
        RecordComponent[] components = type.getRecordComponents();
        List<String> problems = new ArrayList<>();
        Map<String, Object> rest = new HashMap<>(arguments);
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            String name = ArgumentSchema.jsonName(component.getName());
            Object value = rest.remove(name);
            if (value == null) {
                if (!ArgumentSchema.optional(component.getAnnotatedType())) {
                    problems.add(name + ": is required");
                }
            } else {
                values[i] = convert(name, value, component, problems);
            }
        }
        rest.keySet().stream()
                .sorted()
                .forEach(name -> problems.add(
                        "%s: is not an argument of this tool; it has %s".formatted(name, names(components))));
        return problems.isEmpty() ? construct(type, components, values) : unfitting(problems);
    }

    private static @Nullable Object convert(
            String name, Object value, RecordComponent component, List<String> problems) {
        JavaType wanted = STRICT.constructType(component.getGenericType());
        JsonNode json = STRICT.valueToTree(value);
        try {
            return STRICT.treeToValue(json, wanted);
        } catch (JacksonException mismatch) {
            problems.add("%s: expected %s, got %s".formatted(name, wanted(wanted), quoted(json)));
            return null;
        }
    }

    private static <A extends Record> ReadArguments<A> construct(
            Class<A> type, RecordComponent[] components, @Nullable Object[] values) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<A> constructor = type.getDeclaredConstructor(types);
            return new ReadArguments.Fitting<>(constructor.newInstance(values));
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof IllegalArgumentException reason) {
                return unfitting(List.of(String.valueOf(reason.getMessage())));
            }
            throw new IllegalStateException("cannot construct " + type.getName(), refused);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("the arguments record must be public: " + type.getName(), impossible);
        }
    }

    private static <A extends Record> ReadArguments<A> unfitting(List<String> problems) {
        return new ReadArguments.Unfitting<>(String.join("\n", problems));
    }

    private static String names(RecordComponent[] components) {
        return String.join(
                ", ",
                Arrays.stream(components)
                        .map(component -> ArgumentSchema.jsonName(component.getName()))
                        .toList());
    }

    private static String wanted(JavaType type) {
        if (type.isMapLikeType()) {
            return "an object whose values are " + wanted(type.getContentType());
        }
        if (type.isCollectionLikeType()) {
            return "a list whose items are " + wanted(type.getContentType());
        }
        Class<?> raw = type.getRawClass();
        if (raw == String.class) {
            return "text";
        }
        if (raw == Boolean.class || raw == boolean.class) {
            return "true or false";
        }
        if (raw == Integer.class || raw == int.class || raw == Long.class || raw == long.class) {
            return "a whole number";
        }
        return "a value of the schema";
    }

    private static String quoted(JsonNode json) {
        String text = json.toString();
        return text.length() <= QUOTED_CHARS_MAX ? text : text.substring(0, QUOTED_CHARS_MAX) + "…";
    }

    private static JsonMapper strict() {
        return TitanJson.mapper()
                .rebuild()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .withCoercionConfig(
                        LogicalType.Textual,
                        texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .withCoercionConfigDefaults(others -> others.setCoercion(CoercionInputShape.String, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .build();
    }
}
