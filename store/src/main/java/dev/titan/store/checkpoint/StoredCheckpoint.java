package dev.titan.store.checkpoint;

import dev.titan.contracts.checkpoint.Manifest;
import dev.titan.contracts.task.TaskId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint.
 *
 * @param task whose workspace it is
 * @param organisation who shares its blobs
 * @param number counts up from 1 within the task
 * @param generation the generation of the sandbox it was taken of
 * @param manifest what it holds
 * @param effect the call it was stored behind, as {@code step/turn/call}; absent for the one before any call
 * @param createdAt when it was stored
 */
public record StoredCheckpoint(
        TaskId task,
        String organisation,
        int number,
        int generation,
        Manifest manifest,
        @Nullable String effect,
        Instant createdAt) {}
