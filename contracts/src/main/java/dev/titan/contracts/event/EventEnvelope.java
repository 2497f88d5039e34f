package dev.titan.contracts.event;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.task.TaskId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as every reader gets it: list, stream and webhook alike.
 *
 * @param id {@code evt-<task>-<seq>}: globally unique
 * @param seq dense from 1 within the task; the only order there is
 * @param taskId the task
 * @param timestamp when it happened; for people, not for ordering
 * @param stepId the step it belongs to, or absent
 * @param turn the turn within the step, or absent
 * @param traceId 32 hexadecimal digits
 * @param data what happened; its type name stands beside it as {@code type}
 */
public record EventEnvelope(
        String id,
        long seq,
        TaskId taskId,
        Instant timestamp,
        @Nullable StepId stepId,
        @Nullable Integer turn,
        @Nullable String traceId,

        @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.EXTERNAL_PROPERTY, property = "type")
        TaskEvent data) {}
