package dev.titan.contracts.task;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The id of a task, which is also the id of its Temporal workflow.
 *
 * @param value {@code task-} followed by a version 7 UUID, so ids sort by creation time
 */
public record TaskId(@JsonValue String value) {

    private static final Pattern SHAPE = Pattern.compile("task-[0-9a-f-]{36}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TaskId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a task id: '%s'".formatted(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
