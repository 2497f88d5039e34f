package dev.titan.sandboxd.protocol;

import dev.titan.contracts.sandbox.ExecResult.End;
import dev.titan.contracts.sandbox.ExecResult.Output;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A command as the journal knows it. While it runs, the output is read piece by piece: ask again with
 * {@code offset = nextOffset}. A reader slower than the command misses bytes: the chunk then starts behind the offset it
 * asked for, at {@code nextOffset - chunk.length}.
 *
 * @param key the journal's key
 * @param running whether it still runs
 * @param end what ended it; absent while it runs
 * @param tookMs milliseconds from its start to its end, or until now
 * @param bytesTotal size of the output so far
 * @param chunk output from the requested offset on, at most {@value #CHUNK_BYTES_MAX} bytes; base64 in JSON
 * @param nextOffset the offset just behind the chunk
 * @param output the output kept, head and tail; absent while it runs
 */
@SuppressWarnings("ArrayRecordComponent") // bytes travel once from socket to caller; nobody compares them
public record ExecState(
        String key,
        boolean running,
        @Nullable End end,
        long tookMs,
        long bytesTotal,
        byte[] chunk,
        long nextOffset,
        @Nullable Output output) {

    /** Size of the largest chunk: as large as the part of the output that is kept for late readers. */
    public static final int CHUNK_BYTES_MAX = 64 * 1024;

    public ExecState {
        Objects.requireNonNull(chunk, "chunk is null");
        if (running == (end != null) || running == (output != null)) {
            throw new IllegalArgumentException(
                    "a command has end and output exactly when it is over, unlike '%s'".formatted(key));
        }
    }
}
