package dev.titan.api.task;

import dev.titan.api.problem.FieldError;
import dev.titan.api.problem.ProblemException;
import dev.titan.api.problem.ProblemType;
import dev.titan.contracts.json.TitanJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;

/** Reads a client's JSON strictly: no type is bent into another, and every refusal says where. */
final class JsonBody {

    private static final JsonMapper STRICT = TitanJson.mapper()
            .rebuild()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private JsonBody() {}

    /** Parses an object. */
    static ObjectNode parse(byte[] bytes) {
        JsonNode node;
        try {
            node = STRICT.readTree(bytes);
        } catch (JacksonException e) {
            TokenStreamLocation location = e.getLocation();
            String where = location == null
                    ? ""
                    : "line %d, column %d: ".formatted(location.getLineNr(), location.getColumnNr());
            String reason = where + firstLine(e.getOriginalMessage());
            throw new ProblemException(ProblemType.MALFORMED_JSON, reason, List.of(new FieldError("body", reason)));
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw ProblemException.invalid(
                "body", node.isMissingNode() ? "is empty; send a JSON object" : "must be an object, not " + kind(node));
    }

    /** Binds an object to a type; the first value of a wrong type ends the request. */
    static <T> T bind(ObjectNode body, Class<T> type, List<FieldError> errorsSoFar) {
        try {
            return STRICT.treeToValue(body, type);
        } catch (JacksonException e) {
            List<FieldError> errors = new ArrayList<>(errorsSoFar);
            errors.add(wrongType(body, e));
            throw ProblemException.invalid(errors);
        }
    }

    private static FieldError wrongType(JsonNode body, JacksonException e) {
        StringBuilder field = new StringBuilder();
        JsonNode at = body;
        for (Reference reference : e.getPath()) {
            String name = reference.getPropertyName();
            if (name == null) {
                field.append('[').append(reference.getIndex()).append(']');
                at = at.path(reference.getIndex());
            } else {
                field.append(field.isEmpty() ? "" : ".").append(name);
                at = at.path(name);
            }
        }
        // What is no mismatch of types is a number too large for its type.
        String wanted =
                e instanceof MismatchedInputException mismatch ? wanted(mismatch.getTargetType()) : "a smaller number";
        return new FieldError(
                field.isEmpty() ? "body" : field.toString(), "must be %s, not %s".formatted(wanted, kind(at)));
    }

    private static String wanted(Class<?> type) {
        if (type == String.class) {
            return "a string";
        }
        if (type == Integer.class || type == Long.class) {
            return "a whole number";
        }
        if (type == BigDecimal.class) {
            return "a number";
        }
        if (type == StepChoice.class) {
            return "the id of a step or its number";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "an array";
        }
        boolean shortForm = type == CriterionRequest.class || type == NetworkPolicyRequest.class;
        return shortForm ? "a string or an object" : "an object";
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT, POJO -> "an object";
            case BOOLEAN -> "a boolean";
            case NUMBER -> "the number " + abbreviated(node.toString());
            case STRING, BINARY -> "a string";
            case NULL -> "null";
            case MISSING -> "missing";
        };
    }

    /** The longest excerpt of a client's own value in an answer to it. */
    private static final int EXCERPT_CHARS_MAX = 40;

    private static String abbreviated(String text) {
        return text.length() <= EXCERPT_CHARS_MAX ? text : text.substring(0, EXCERPT_CHARS_MAX) + "…";
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("not JSON");
    }
}
