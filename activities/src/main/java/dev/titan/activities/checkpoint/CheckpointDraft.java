package dev.titan.activities.checkpoint;

import dev.titan.contracts.checkpoint.Manifest;

/** A look at a workspace that becomes, or need not become, a checkpoint when it is committed. */
public sealed interface CheckpointDraft {

    /** The call has not touched the workspace, or checkpoints are off. */
    record None() implements CheckpointDraft {}

    /**
     * Nothing has changed since a checkpoint.
     *
     * @param number that checkpoint
     */
    record Unchanged(int number) implements CheckpointDraft {}

    /**
     * Its bytes are stored.
     *
     * @param manifest what it holds
     */
    record Changed(Manifest manifest) implements CheckpointDraft {}

    /**
     * It cannot be stored, and the task goes on without.
     *
     * @param message names the limit and what could be removed
     */
    record TooLarge(String message) implements CheckpointDraft {}
}
