package dev.titan.sandboxd.exec;

/** Where a run of UTF-8 can be cut without cutting a character. Bytes that are not UTF-8 are cut anywhere. */
final class Utf8Boundary {

    /** Continuation bytes of the longest character (RFC 3629). */
    private static final int CONTINUATIONS_MAX = 3;

    private Utf8Boundary() {}

    /** Returns the last boundary at or before {@code end}. */
    static int atOrBefore(byte[] bytes, int end) {
        for (int back = 1; back <= Math.min(CONTINUATIONS_MAX + 1, end); back++) {
            byte candidate = bytes[end - back];
            if (!isContinuation(candidate)) {
                return lengthOf(candidate) > back ? end - back : end;
            }
        }
        return end;
    }

    /** Returns the first boundary at or after {@code start}. */
    static int atOrAfter(byte[] bytes, int start) {
        int position = start;
        while (position < Math.min(bytes.length, start + CONTINUATIONS_MAX) && isContinuation(bytes[position])) {
            position++;
        }
        return position;
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xc0) == 0x80;
    }

    private static int lengthOf(byte first) {
        if ((first & 0xe0) == 0xc0) {
            return 2;
        }
        if ((first & 0xf0) == 0xe0) {
            return 3;
        }
        return (first & 0xf8) == 0xf0 ? 4 : 1;
    }
}
