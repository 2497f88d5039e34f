package dev.titan.store.effect;

/** What holds the workspace as a call has left it. */
public sealed interface Coverage {

    /** Nothing needs to: the call has not touched it. */
    record None() implements Coverage {}

    /**
     * A checkpoint.
     *
     * @param number from 1
     */
    record ByCheckpoint(int number) implements Coverage {}

    /** No checkpoint can, because the workspace was too large for one. */
    record Beyond() implements Coverage {}
}
