package dev.titan.store.artifact;

import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;

/** Reads chunk after chunk until one is missing. Not thread-safe. */
final class ChunkStream extends InputStream {

    private final IntFunction<Optional<byte[]>> chunks;
    private byte[] current = {};
    private int position;
    private int next;

    ChunkStream(IntFunction<Optional<byte[]>> chunks) {
        this.chunks = chunks;
    }

    @Override
    public int read() {
        return advance() ? current[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!advance()) {
            return -1;
        }
        int count = Math.min(length, current.length - position);
        System.arraycopy(current, position, target, offset, count);
        position += count;
        return count;
    }

    private boolean advance() {
        if (position < current.length) {
            return true;
        }
        Optional<byte[]> chunk = chunks.apply(next);
        if (chunk.isEmpty()) {
            return false;
        }
        current = chunk.get();
        position = 0;
        next++;
        return true;
    }
}
