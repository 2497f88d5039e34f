package dev.titan.contracts.checkpoint;

import java.util.List;

/**
 * What a checkpoint holds.
 *
 * @param fingerprint what the sandbox called this state, for the question whether anything has changed since
 * @param pages the hashes of its pages, in order; each is a blob
 * @param entries number of entries
 * @param bytes size of all files
 */
public record Manifest(String fingerprint, List<String> pages, int entries, long bytes) {
    public Manifest {
        pages = List.copyOf(pages);
    }
}
