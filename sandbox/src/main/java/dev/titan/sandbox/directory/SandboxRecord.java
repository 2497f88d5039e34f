package dev.titan.sandbox.directory;

import static java.util.Objects.requireNonNullElse;

import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.task.TaskId;
import dev.titan.sandbox.Launch;
import dev.titan.sandbox.SandboxSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whose place a directory is. Written before the sandbox is made, so that a sandbox that was only half made is found, and
 * again when it is claimed.
 *
 * @param id the sandbox
 * @param task the task it is for; absent while it waits in the pool
 * @param madeAs the id it was started with; another than {@code id} when it was claimed from the pool
 * @param provider the provider that makes it
 * @param host the host it is on
 * @param leaseMs the lease, in milliseconds
 * @param createdAt when its place was made
 * @param expiresAt when it ends itself at the latest
 */
public record SandboxRecord(
        SandboxId id,
        @Nullable TaskId task,
        SandboxId madeAs,
        String provider,
        String host,
        long leaseMs,
        Instant createdAt,
        Instant expiresAt) {

    public SandboxRecord {
        // Records written before there was a pool do not say it.
        madeAs = requireNonNullElse(madeAs, id);
    }

    static SandboxRecord of(Launch launch, @Nullable TaskId task, String provider, String host) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new SandboxRecord(
                launch.id(),
                task,
                launch.id(),
                provider,
                host,
                launch.life().lease().toMillis(),
                now,
                now.plus(launch.life().ttl()));
    }

    /** Returns the same sandbox as a task's. */
    SandboxRecord claimedBy(SandboxSpec spec) {
        return new SandboxRecord(
                spec.id(),
                spec.task(),
                madeAs,
                provider,
                host,
                spec.life().lease().toMillis(),
                createdAt,
                expiresAt);
    }

    /** Returns the same sandbox as nobody's. */
    SandboxRecord unclaimed() {
        return new SandboxRecord(madeAs, null, madeAs, provider, host, leaseMs, createdAt, expiresAt);
    }

    /** Returns whether it was made ahead. */
    public boolean isFromPool() {
        return !madeAs.equals(id);
    }
}
