package dev.titan.sandboxd.exec;

import dev.titan.contracts.sandbox.ExecResult.Output;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The output of one command in bounded memory: its beginning, and a ring with its end, which is also what late readers
 * are served from. Grows with the output, so that the many short ones cost little. Not thread-safe.
 */
final class KeptOutput {

    /** As much as a reader needs to see how it began; four times what a model is shown of both ends. */
    static final int HEAD_BYTES_MAX = 64 * 1024;

    /** As much again for the end, where errors are; a reader that is slower than this misses bytes. */
    static final int TAIL_BYTES_MAX = 64 * 1024;

    private static final int FIRST_ALLOCATION_BYTES = 1024;
    private static final byte[] NOTHING = {};

    private byte[] head = NOTHING;
    private int headSize;
    private byte[] ring = NOTHING;
    private long total;

    void append(byte[] bytes, int size) {
        int toHead = Math.min(size, HEAD_BYTES_MAX - headSize);
        if (toHead > 0) {
            head = grown(head, headSize + toHead, HEAD_BYTES_MAX);
            System.arraycopy(bytes, 0, head, headSize, toHead);
            headSize += toHead;
            total += toHead;
        }
        appendToRing(bytes, toHead, size - toHead);
    }

    long total() {
        return total;
    }

    long retainedBytes() {
        return (long) head.length + ring.length;
    }

    /** Forgets the bytes; the total stays. */
    void shed() {
        head = NOTHING;
        headSize = 0;
        ring = NOTHING;
    }

    /** Returns what is kept from {@code offset} on, at most {@code max} bytes. */
    Chunk from(long offset, int max) {
        long start = Math.clamp(offset, 0, total);
        if (start < headSize) {
            int end = (int) Math.min(headSize, start + max);
            return new Chunk(Arrays.copyOfRange(head, (int) start, end), end);
        }
        start = Math.max(start, ringStart());
        int size = (int) Math.min(max, total - start);
        return new Chunk(ringCopy(start, size), start + size);
    }

    /** Returns beginning and end as text, cut between characters. */
    Output kept() {
        long ringStart = ringStart();
        byte[] end = ringCopy(ringStart, (int) (total - ringStart));
        if (ringStart == headSize) {
            byte[] all = Arrays.copyOf(head, headSize + end.length);
            System.arraycopy(end, 0, all, headSize, end.length);
            return new Output(new String(all, StandardCharsets.UTF_8), null, total, 0);
        }
        int headEnd = Utf8Boundary.atOrBefore(head, headSize);
        int tailStart = Utf8Boundary.atOrAfter(end, 0);
        return new Output(
                new String(head, 0, headEnd, StandardCharsets.UTF_8),
                new String(end, tailStart, end.length - tailStart, StandardCharsets.UTF_8),
                total,
                total - headEnd - (end.length - tailStart));
    }

    private void appendToRing(byte[] bytes, int from, int size) {
        int skipped = Math.max(0, size - TAIL_BYTES_MAX);
        total += skipped;
        int position = from + skipped;
        int left = size - skipped;
        if (left > 0) {
            ring = grown(ring, (int) Math.min(TAIL_BYTES_MAX, total - headSize + left), TAIL_BYTES_MAX);
        }
        while (left > 0) {
            int at = (int) ((total - headSize) % TAIL_BYTES_MAX);
            int run = Math.min(left, TAIL_BYTES_MAX - at);
            System.arraycopy(bytes, position, ring, at, run);
            position += run;
            left -= run;
            total += run;
        }
    }

    private long ringStart() {
        long inRing = Math.min(total - headSize, ring.length == 0 ? 0 : TAIL_BYTES_MAX);
        return total - inRing;
    }

    private byte[] ringCopy(long start, int size) {
        if (size == 0) {
            return NOTHING;
        }
        byte[] copy = new byte[size];
        int at = (int) ((start - headSize) % TAIL_BYTES_MAX);
        int run = Math.min(size, TAIL_BYTES_MAX - at);
        System.arraycopy(ring, at, copy, 0, run);
        System.arraycopy(ring, 0, copy, run, size - run);
        return copy;
    }

    private static byte[] grown(byte[] array, int needed, int max) {
        if (needed <= array.length) {
            return array;
        }
        int size = Math.max(Integer.highestOneBit(Math.max(needed - 1, 1)) * 2, FIRST_ALLOCATION_BYTES);
        return Arrays.copyOf(array, Math.min(size, max));
    }

    /**
     * A piece of output.
     *
     * @param bytes the piece
     * @param nextOffset the offset just behind it
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes travel once; nobody compares them
    record Chunk(byte[] bytes, long nextOffset) {}
}
