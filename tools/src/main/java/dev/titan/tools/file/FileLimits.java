package dev.titan.tools.file;

/** Limits all file tools share. */
final class FileLimits {

    /** Larger files are data, to be looked at with programs in the sandbox. */
    static final int FILE_BYTES_MAX = 5 * 1024 * 1024;

    /** A listing of more names than this is not read to its end. */
    static final int ENTRIES_MAX = 500;

    private FileLimits() {}
}
