package dev.titan.contracts.steering;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Names one thing a user asked of a task; asking again under the same name is asking once.
 *
 * @param value {@code cmd-} and 1–255 printable ASCII characters
 */
public record CommandId(@JsonValue String value) {

    private static final Pattern SHAPE = Pattern.compile("cmd-[\\x21-\\x7e]{1,255}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CommandId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a command id: '%s'".formatted(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
