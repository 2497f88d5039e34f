package dev.titan.contracts.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The id of a step, unique within its task and stable across plan versions.
 *
 * @param value 1–40 characters of {@code a-z 0-9 _ -}; chosen by the planner
 */
public record StepId(@JsonValue String value) {

    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public StepId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a step id: '%s'".formatted(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
