package dev.titan.contracts.checkpoint;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the bytes of checkpoints are kept, by their SHA-256 in hexadecimal digits. What was asked for or stored stays for
 * as long as it takes to make a checkpoint of it; what is in a checkpoint stays as long as that does.
 */
public interface CheckpointBlobs {

    /** The size up to which blobs travel together. */
    int SMALL_BYTES_MAX = 1 << 20;

    /** Returns those that are not there. */
    Set<String> missing(Set<String> sha256s);

    /** Returns those that are not there as pages, with all their files. */
    Set<String> missingPages(Set<String> sha256s);

    /** Stores small blobs. */
    void putAll(Map<String, byte[]> contents);

    /** Stores a large blob. */
    void put(String sha256, Path content);

    /**
     * Stores a page whose files are stored.
     *
     * @param files the hashes of all its files that are not empty
     */
    void putPage(String sha256, byte[] page, Set<String> files);

    /** Returns those of the small blobs that are there. */
    Map<String, byte[]> readAll(Collection<String> sha256s);

    /** Opens a large blob. */
    Optional<InputStream> open(String sha256);
}
