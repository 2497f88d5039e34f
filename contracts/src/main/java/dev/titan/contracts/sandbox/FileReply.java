package dev.titan.contracts.sandbox;

import java.time.Instant;
import java.util.List;

/** The answer to a question about files. A refusal is an answer, not an exception. */
public sealed interface FileReply {

    /**
     * A file's bytes.
     *
     * @param bytes the content
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes travel once from socket to caller; nobody compares them
    record Content(byte[] bytes) implements FileReply {}

    /**
     * A file was written.
     *
     * @param path relative to the workspace
     * @param bytes its size
     * @param created whether it did not exist before
     */
    record Written(String path, long bytes, boolean created) implements FileReply {}

    /**
     * What a directory holds.
     *
     * @param entries in name order, parents before children
     * @param truncated whether there are more
     */
    record Listing(List<Entry> entries, boolean truncated) implements FileReply {
        public Listing {
            entries = List.copyOf(entries);
        }
    }

    /**
     * One entry of a listing.
     *
     * @param path relative to the workspace
     * @param kind {@code file}, {@code directory}, {@code symlink} or {@code other}
     * @param bytes size of a file, else 0
     * @param modifiedAt last change
     */
    record Entry(String path, String kind, long bytes, Instant modifiedAt) {}

    /**
     * Nothing was read or written.
     *
     * @param problem the kind
     * @param message a sentence that names the path
     */
    record Refused(Problem problem, String message) implements FileReply {}

    /** Why a file operation was refused. */
    enum Problem {
        /** No such file or directory. */
        NOT_FOUND,
        /** The path, resolved through every symlink, lies outside the workspace. */
        OUTSIDE_WORKSPACE,
        /** The path has a form no file can have: empty, with a NUL byte, or above 4,096 bytes. */
        INVALID_PATH,
        /** The content is above the limit. */
        TOO_LARGE,
        /** A directory, device or pipe where a file was expected, or the other way round. */
        WRONG_KIND,
        /** The file system said no: no permission, or no space left. */
        NOT_POSSIBLE
    }
}
