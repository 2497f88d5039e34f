package dev.titan.contracts.event;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.task.TaskId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A passing word about a running task, as the streams carry it between the events of the log. It looks like an
 * {@link EventEnvelope} without {@code id} and {@code seq}, since it is no part of the log: it is not stored, not repeated
 * to who comes later, and may be lost.
 *
 * @param taskId the task
 * @param timestamp when it was sent
 * @param stepId the step it belongs to
 * @param turn the turn within the step
 * @param traceId 32 hexadecimal digits
 * @param data a {@link TaskEvent.Live}; its type name stands beside it as {@code type}
 */
public record LiveEvent(
        TaskId taskId,
        Instant timestamp,
        @Nullable StepId stepId,
        @Nullable Integer turn,
        @Nullable String traceId,

        @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.EXTERNAL_PROPERTY, property = "type")
        TaskEvent data) {

    public LiveEvent {
        if (!(data instanceof TaskEvent.Live)) {
            throw new IllegalArgumentException("not a passing word: " + data);
        }
    }
}
