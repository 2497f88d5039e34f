package dev.titan.activities.tool;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import dev.titan.contracts.json.TitanJson;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schema of an arguments record: snake_case names in the order of the components, described by
 * {@link JsonPropertyDescription}, optional where the component is {@link Nullable}, closed against other properties.
 */
public final class ArgumentSchema {

    /** The same strategy as {@link dev.titan.contracts.json.TitanJson}. */
    private static final SnakeCase SNAKE_CASE = new SnakeCase();

    private static final SchemaGenerator GENERATOR = generator();

    /** Every turn shows its model every tool. */
    private static final ClassValue<ObjectNode> SCHEMAS = new ClassValue<>() {
        @Override
        protected ObjectNode computeValue(Class<?> arguments) {
            return generate(arguments);
        }
    };

    private ArgumentSchema() {}

    /** Returns the schema (2020-12), which everybody shares: not to be changed. */
    public static ObjectNode of(Class<? extends Record> arguments) {
        return SCHEMAS.get(arguments);
    }

    private static ObjectNode generate(Class<?> arguments) {
        synchronized (GENERATOR) { // the library does not promise thread-safety
            ObjectNode schema = GENERATOR.generateSchema(arguments);
            // The library repeats a map's description on the values of the map.
            schema.findValues("additionalProperties").stream()
                    .filter(JsonNode::isObject)
                    .forEach(values -> values.asObject().remove("description"));
            return schema;
        }
    }

    /** Returns the name a component has in JSON. */
    static String jsonName(String component) {
        return SNAKE_CASE.of(component);
    }

    /** Returns whether a component may be left out. */
    static boolean optional(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static SchemaGenerator generator() {
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(
                        SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(
                        Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT,
                        Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES,
                        Option.INLINE_ALL_SCHEMAS)
                .without(Option.SCHEMA_VERSION_INDICATOR);
        config.forTypesInGeneral()
                .withPropertySorter((_, _) -> 0)
                .withCustomDefinitionProvider(ArgumentSchema::enumByWireNames);
        config.forFields()
                .withPropertyNameOverrideResolver(field -> jsonName(field.getDeclaredName()))
                .withRequiredCheck(field -> !optional(field.getRawMember().getAnnotatedType()))
                .withDescriptionResolver(
                        field -> described(field.getRawMember()).orElse(null));
        return new SchemaGenerator(config.build());
    }

    private static final class SnakeCase extends PropertyNamingStrategies.SnakeCaseStrategy {
        private static final long serialVersionUID = 1L;

        String of(String name) {
            return translate(name);
        }
    }

    /** The names a value is read by, which need not be those of the constants. */
    private static @Nullable CustomDefinition enumByWireNames(ResolvedType type, SchemaGenerationContext context) {
        Object[] constants = type.getErasedType().getEnumConstants();
        if (constants == null) {
            return null;
        }
        ObjectNode definition = TitanJson.mapper().createObjectNode().put("type", "string");
        ArrayNode names = definition.putArray("enum");
        for (Object constant : constants) {
            names.add(TitanJson.mapper().convertValue(constant, String.class));
        }
        return new CustomDefinition(definition, true);
    }

    private static Optional<String> described(AnnotatedElement element) {
        return Optional.ofNullable(element.getAnnotation(JsonPropertyDescription.class))
                .map(JsonPropertyDescription::value);
    }
}
