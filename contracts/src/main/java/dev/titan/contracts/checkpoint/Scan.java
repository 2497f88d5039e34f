package dev.titan.contracts.checkpoint;

import java.util.List;

/** What a look at a whole workspace finds. */
public sealed interface Scan {

    /**
     * Its state.
     *
     * @param fingerprint the SHA-256 over the hashes of the pages; the same state has the same fingerprint
     * @param entries number of entries
     * @param bytes size of all files
     * @param pages the manifest, in order; empty when the fingerprint is the one the caller knows
     */
    record State(String fingerprint, int entries, long bytes, List<Page> pages) implements Scan {
        public State {
            pages = List.copyOf(pages);
        }
    }

    /**
     * It is more than a checkpoint can hold.
     *
     * @param message names the limit and what could be removed
     */
    record TooLarge(String message) implements Scan {}

    /**
     * A {@link ManifestPage}.
     *
     * @param sha256 of its bytes, in hexadecimal digits
     * @param bytes its size
     */
    record Page(String sha256, int bytes) {}
}
