package dev.titan.contracts.artifact;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The id of an artifact.
 *
 * @param value {@code art-} followed by a UUID
 */
public record ArtifactId(@JsonValue String value) {

    private static final Pattern SHAPE = Pattern.compile("art-[0-9a-f-]{36}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ArtifactId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a artifact id: '%s'".formatted(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
