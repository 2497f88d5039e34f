package dev.titan.contracts.sandbox;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The id of a sandbox; it names the container, its directory and its socket.
 *
 * @param value {@code sbx-} followed by 8–60 characters; derived from the task so that a repeated create adopts
 */
public record SandboxId(@JsonValue String value) {

    private static final Pattern SHAPE = Pattern.compile("sbx-[a-z0-9-]{8,60}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SandboxId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a sandbox id: '%s'".formatted(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
