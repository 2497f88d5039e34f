package dev.titan.contracts.sandbox;

import java.time.Duration;

/**
 * How far a command is, with a piece of its output.
 *
 * @param state whether it runs
 * @param chunk at most 64 KiB of output
 * @param offset where the chunk begins in the whole output: behind the offset asked for when the reader was slower than
 *     the command, which keeps the first and the last 64 KiB
 * @param nextOffset where to read on
 * @param bytesTotal size of the output so far
 */
@SuppressWarnings("ArrayRecordComponent") // bytes travel once from socket to caller; nobody compares them
public record CommandProgress(State state, byte[] chunk, long offset, long nextOffset, long bytesTotal) {

    /** Whether a command runs. */
    public sealed interface State {

        /**
         * It runs.
         *
         * @param since how long
         */
        record Running(Duration since) implements State {}

        /**
         * It is over.
         *
         * @param result how it ended, with the output that is kept
         */
        record Over(ExecResult result) implements State {}
    }
}
