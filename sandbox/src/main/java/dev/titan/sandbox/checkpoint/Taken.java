package dev.titan.sandbox.checkpoint;

import dev.titan.contracts.checkpoint.Manifest;

/** What came of taking a checkpoint. */
public sealed interface Taken {

    /** The workspace is as it was at the checkpoint the caller knows. */
    record Unchanged() implements Taken {}

    /**
     * Every byte of it is stored; it becomes a checkpoint when its manifest is.
     *
     * @param manifest what to keep
     */
    record Stored(Manifest manifest) implements Taken {}

    /**
     * It is more than a checkpoint can hold; nothing was stored.
     *
     * @param message names the limit and what could be removed
     */
    record TooLarge(String message) implements Taken {}
}
