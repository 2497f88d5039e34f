package dev.titan.store.task;

import dev.titan.contracts.task.Inheritance;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskRequest;
import org.jspecify.annotations.Nullable;

/**
 * A task to be accepted.
 *
 * @param id the id it will have, unless the idempotency key is known already
 * @param request what was asked
 * @param organisationId who owns it
 * @param userId who asked
 * @param idempotencyKey the client's name for this request, unique within the organisation, or absent
 * @param bodyHash a hash of what was sent, present exactly when the key is
 * @param traceId 32 hexadecimal digits
 * @param inheritance what it takes over of another task, or absent when it begins at the beginning
 */
public record NewTask(
        TaskId id,
        TaskRequest request,
        String organisationId,
        String userId,
        @Nullable String idempotencyKey,
        @Nullable String bodyHash,
        String traceId,
        @Nullable Inheritance inheritance) {

    public NewTask {
        if ((idempotencyKey == null) != (bodyHash == null)) {
            throw new IllegalArgumentException("idempotency key and body hash come together or not at all: " + id);
        }
    }

    /** A task that begins at the beginning. */
    public NewTask(
            TaskId id,
            TaskRequest request,
            String organisationId,
            String userId,
            @Nullable String idempotencyKey,
            @Nullable String bodyHash,
            String traceId) {
        this(id, request, organisationId, userId, idempotencyKey, bodyHash, traceId, null);
    }

    /** Returns this task with what it takes over. */
    public NewTask inheriting(Inheritance what) {
        return new NewTask(id, request, organisationId, userId, idempotencyKey, bodyHash, traceId, what);
    }
}
