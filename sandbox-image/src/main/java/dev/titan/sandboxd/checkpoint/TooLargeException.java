package dev.titan.sandboxd.checkpoint;

import dev.titan.contracts.checkpoint.CheckpointLimits;

/** The workspace is more than a checkpoint can hold. */
final class TooLargeException extends Exception {

    private static final long serialVersionUID = 1L;

    TooLargeException(String what) {
        super(what);
    }

    static TooLargeException entries() {
        return new TooLargeException("more than %,d files and directories".formatted(CheckpointLimits.ENTRIES_MAX));
    }
}
