package dev.titan.activities.chat;

import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** JSON Schema as langchain4j's own tree, from which it writes each provider's dialect. */
final class SchemaTranslation {

    private SchemaTranslation() {}

    /** Translates the schema of an object. */
    static JsonObjectSchema object(JsonNode schema) {
        JsonObjectSchema.Builder builder = JsonObjectSchema.builder().description(description(schema));
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            builder.addProperty(property.getKey(), element(property.getValue()));
        }
        List<String> required = texts(schema.path("required"));
        if (!required.isEmpty()) {
            builder.required(required);
        }
        JsonNode others = schema.path("additionalProperties");
        if (!others.isMissingNode()) {
            builder.additionalProperties(others.isObject() || others.asBoolean(false));
        }
        return builder.build();
    }

    private static JsonSchemaElement element(JsonNode schema) {
        String description = description(schema);
        if (schema.has("enum")) {
            return JsonEnumSchema.builder()
                    .description(description)
                    .enumValues(texts(schema.path("enum")))
                    .build();
        }
        return switch (schema.path("type").asString("")) {
            case "object" -> object(schema);
            case "array" ->
                JsonArraySchema.builder()
                        .description(description)
                        .items(element(schema.path("items")))
                        .build();
            case "string" -> JsonStringSchema.builder().description(description).build();
            case "integer" ->
                JsonIntegerSchema.builder().description(description).build();
            case "number" -> JsonNumberSchema.builder().description(description).build();
            case "boolean" ->
                JsonBooleanSchema.builder().description(description).build();
            default -> JsonRawSchema.from(schema.toString());
        };
    }

    private static @Nullable String description(JsonNode schema) {
        return schema.has("description") ? schema.path("description").asString() : null;
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }
}
