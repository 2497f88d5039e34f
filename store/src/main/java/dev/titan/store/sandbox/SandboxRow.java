package dev.titan.store.sandbox;

import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.task.TaskId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A sandbox as the registry knows it.
 *
 * @param sandbox which, where and of which generation
 * @param task the task it belongs to
 * @param createdAt when it was registered
 * @param destroyedAt when it was destroyed; absent while it is active
 * @param expiresAt when it ends itself unless its lease is renewed; absent until its host has said so
 */
public record SandboxRow(
        SandboxRef sandbox,
        TaskId task,
        Instant createdAt,
        @Nullable Instant destroyedAt,
        @Nullable Instant expiresAt) {

    /** Returns whether it has not been destroyed. */
    public boolean active() {
        return destroyedAt == null;
    }
}
