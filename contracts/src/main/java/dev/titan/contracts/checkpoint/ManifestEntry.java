package dev.titan.contracts.checkpoint;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * One entry of a workspace. Device files, sockets and pipes have none: they mean nothing elsewhere. Files with several
 * names become several files.
 */
public sealed interface ManifestEntry {

    /** Linux: PATH_MAX. */
    int PATH_BYTES_MAX = 4096;

    /**
     * Returns the path relative to the workspace, one character for each of its bytes (ISO 8859-1), because a file name
     * need not be UTF-8. Never absolute, without empty, {@code .} and {@code ..} parts.
     */
    String path();

    /** Returns the permission bits, 0–07777. */
    int mode();

    /** Returns the time of the last change in nanoseconds since 1970. */
    long modifiedNanos();

    /** Returns the path as people read it; bytes that are not UTF-8 appear as U+FFFD. */
    default String shownPath() {
        return new String(path().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /**
     * A file.
     *
     * @param path see {@link ManifestEntry#path()}
     * @param mode see {@link ManifestEntry#mode()}
     * @param modifiedNanos see {@link ManifestEntry#modifiedNanos()}
     * @param bytes its size
     * @param sha256 of its content, in hexadecimal digits
     */
    record File(String path, int mode, long modifiedNanos, long bytes, String sha256) implements ManifestEntry {

        private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

        public File {
            requireLegal(path, mode);
            if (bytes < 0 || !SHA256.matcher(sha256).matches()) {
                throw new IllegalArgumentException("a file has a size and a SHA-256");
            }
        }
    }

    /**
     * A directory; it comes before everything in it.
     *
     * @param path see {@link ManifestEntry#path()}
     * @param mode see {@link ManifestEntry#mode()}
     * @param modifiedNanos see {@link ManifestEntry#modifiedNanos()}
     */
    record Directory(String path, int mode, long modifiedNanos) implements ManifestEntry {
        public Directory {
            requireLegal(path, mode);
        }
    }

    /**
     * A symbolic link.
     *
     * @param path see {@link ManifestEntry#path()}
     * @param mode see {@link ManifestEntry#mode()}; Linux has 0777 for all
     * @param modifiedNanos see {@link ManifestEntry#modifiedNanos()}
     * @param target where it leads, as it is written, one character for each byte
     */
    record Symlink(String path, int mode, long modifiedNanos, String target) implements ManifestEntry {
        public Symlink {
            requireLegal(path, mode);
            if (target.isEmpty() || target.length() > PATH_BYTES_MAX || target.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("not the target of a link");
            }
        }
    }

    /** What a sandbox says is not to be trusted: no path may lead outside when it is put back. */
    private static void requireLegal(String path, int mode) {
        if (path.isEmpty() || path.length() > PATH_BYTES_MAX || mode < 0 || mode > 07777) {
            throw new IllegalArgumentException("a path has 1 to %d bytes and a mode 12 bits".formatted(PATH_BYTES_MAX));
        }
        int start = 0;
        while (start <= path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            boolean isDots = path.startsWith(".", start)
                    && (end - start == 1 || (end - start == 2 && path.charAt(start + 1) == '.'));
            if (end == start || isDots) {
                throw new IllegalArgumentException("not a path within a workspace");
            }
            start = end + 1;
        }
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == 0 || path.charAt(i) > 0xff) {
                throw new IllegalArgumentException("a path is made of bytes other than 0");
            }
        }
    }
}
