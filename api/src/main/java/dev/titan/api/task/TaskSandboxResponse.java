package dev.titan.api.task;

import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.store.sandbox.SandboxRow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The sandbox of a task.
 *
 * @param id which one
 * @param provider what made it
 * @param host the host it is on
 * @param generation counts up with every restore
 * @param createdAt when the task got it
 * @param expiresAt when it ends itself unless its lease is renewed, which its host does while the task is open
 */
record TaskSandboxResponse(
        SandboxId id,
        String provider,
        String host,
        int generation,
        Instant createdAt,
        @Nullable Instant expiresAt) {

    static TaskSandboxResponse of(SandboxRow row) {
        return new TaskSandboxResponse(
                row.sandbox().id(),
                row.sandbox().provider(),
                row.sandbox().host(),
                row.sandbox().generation(),
                row.createdAt(),
                row.expiresAt());
    }
}
