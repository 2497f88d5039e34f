package dev.titan.contracts.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Walks over the entries of a page and tells of each what is asked for, without making it. For pages one has made oneself:
 * what is in them is not checked. For one thread.
 */
public final class ManifestCursor {

    private static final int MODE_AT = 1;
    private static final int MODIFIED_AT = 3;
    private static final int PATH_BYTES_AT = 11;
    private static final int PATH_AT = 13;

    private final byte[] bytes;
    private final ByteBuffer page;
    private int start;
    private int pathEnd;
    private int end;

    /** Stands before the first entry. */
    public ManifestCursor(byte[] page) {
        this.bytes = page;
        this.page = ByteBuffer.wrap(page);
    }

    /** Goes to the next entry; returns whether there is one. */
    public boolean next() {
        start = end;
        if (start == bytes.length) {
            return false;
        }
        pathEnd = start + PATH_AT + Short.toUnsignedInt(page.getShort(start + PATH_BYTES_AT));
        end = pathEnd
                + switch (kind()) {
                    case ManifestPage.FILE -> Long.BYTES + ManifestPage.SHA256_BYTES;
                    case ManifestPage.SYMLINK -> Short.BYTES + Short.toUnsignedInt(page.getShort(pathEnd));
                    default -> 0;
                };
        return true;
    }

    /** Returns where the entry begins in its page. */
    public int start() {
        return start;
    }

    /** Returns where the next one begins. */
    public int end() {
        return end;
    }

    public boolean isFile() {
        return kind() == ManifestPage.FILE;
    }

    public boolean isDirectory() {
        return kind() == ManifestPage.DIRECTORY;
    }

    public boolean isSymlink() {
        return kind() == ManifestPage.SYMLINK;
    }

    public int mode() {
        return page.getShort(start + MODE_AT);
    }

    public long modifiedNanos() {
        return page.getLong(start + MODIFIED_AT);
    }

    /** Returns the size of a file. */
    public long fileBytes() {
        return page.getLong(pathEnd);
    }

    public String path() {
        return new String(bytes, start + PATH_AT, pathEnd - start - PATH_AT, StandardCharsets.ISO_8859_1);
    }

    /** Returns whether {@link #path} equals another. */
    public boolean hasPath(String path) {
        int from = start + PATH_AT;
        if (path.length() != pathEnd - from) {
            return false;
        }
        // From behind, since neighbours have their beginning in common.
        for (int i = path.length() - 1; i >= 0; i--) {
            if (path.charAt(i) != Byte.toUnsignedInt(bytes[from + i])) {
                return false;
            }
        }
        return true;
    }

    private byte kind() {
        return bytes[start];
    }
}
