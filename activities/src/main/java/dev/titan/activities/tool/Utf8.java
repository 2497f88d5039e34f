package dev.titan.activities.tool;

/** Where characters end in UTF-8 that arrives in pieces. */
final class Utf8 {

    /** RFC 3629: the longest character. */
    private static final int CHARACTER_BYTES_MAX = 4;

    private Utf8() {}

    /** Returns the last position up to {@code end} at which no character is split; {@code end} when it is not UTF-8. */
    static int wholeCharacters(byte[] bytes, int start, int end) {
        for (int at = end - 1; at >= start && at >= end - CHARACTER_BYTES_MAX; at--) {
            int lead = bytes[at] & 0xff;
            if (lead < 0x80) {
                return end;
            }
            if (lead >= 0xc0) {
                return at + length(lead) > end ? at : end;
            }
        }
        return end;
    }

    private static int length(int lead) {
        if (lead >= 0xf0) {
            return 4;
        }
        return lead >= 0xe0 ? 3 : 2;
    }
}
