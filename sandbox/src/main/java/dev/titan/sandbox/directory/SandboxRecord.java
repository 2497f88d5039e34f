package dev.titan.sandbox.directory;

import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.task.TaskId;
import java.time.Instant;

/**
 * Whose place a directory is. Written before the sandbox is made, so that a sandbox that was only half made is found.
 *
 * @param id the sandbox
 * @param task the task it is for
 * @param provider the provider that makes it
 * @param host the host it is on
 * @param leaseMs the lease, in milliseconds
 * @param createdAt when its place was made
 * @param expiresAt when it ends itself at the latest
 */
public record SandboxRecord(
        SandboxId id, TaskId task, String provider, String host, long leaseMs, Instant createdAt, Instant expiresAt) {}
