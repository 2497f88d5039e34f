package dev.titan.sandboxd.exec;

import java.util.Arrays;

/** Looks for bytes in bytes. */
final class ByteSearch {

    private ByteSearch() {}

    static boolean contains(byte[] haystack, byte[] needle) {
        for (int start = 0; start + needle.length <= haystack.length; start++) {
            if (Arrays.equals(haystack, start, start + needle.length, needle, 0, needle.length)) {
                return true;
            }
        }
        return false;
    }
}
