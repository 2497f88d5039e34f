package dev.titan.api.task;

import dev.titan.api.problem.FieldError;
import dev.titan.api.problem.ProblemException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Reads a body into a record whose components are its fields, or ends the request with every wrong field named. */
public final class BodyReader {

    private final Validator validator;

    public BodyReader(Validator validator) {
        this.validator = validator;
    }

    /** Reads a body; an unknown name, a wrong type or a broken rule is a problem that names the field. */
    public <T extends Record> T read(InputStream in, Class<T> type) throws IOException {
        ObjectNode body = JsonBody.parse(BodyBytes.read(in));
        List<FieldError> errors = new ArrayList<>();
        removeUnknown(body, type, "", errors);
        T read = JsonBody.bind(body, type, errors);
        validator.validate(read).stream()
                .sorted(Comparator.comparing(
                        violation -> violation.getPropertyPath().toString()))
                .map(BodyReader::error)
                .forEach(errors::add);
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return read;
    }

    private static void removeUnknown(ObjectNode body, Class<?> type, String prefix, List<FieldError> errors) {
        Map<String, Class<?>> known = Arrays.stream(type.getRecordComponents())
                .collect(Collectors.toMap(
                        component -> snakeCase(component.getName()),
                        RecordComponent::getType,
                        (one, _) -> one,
                        TreeMap::new));
        for (String name : List.copyOf(body.propertyNames())) {
            Class<?> component = known.get(name);
            if (component == null) {
                errors.add(
                        new FieldError(prefix + name, "is not known; known are " + String.join(", ", known.keySet())));
                body.remove(name);
            } else if (component.isRecord() && body.get(name) instanceof ObjectNode nested) {
                removeUnknown(nested, component, prefix + name + ".", errors);
            }
        }
    }

    private static FieldError error(ConstraintViolation<?> violation) {
        return new FieldError(snakeCase(violation.getPropertyPath().toString()), violation.getMessage());
    }

    static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
