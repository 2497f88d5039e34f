package dev.titan.sandboxd.checkpoint;

/**
 * A page of a manifest with what tells, later, whether its files are still the same.
 *
 * @param sha256 of the bytes
 * @param bytes the page
 * @param inodes the inode of each entry
 * @param changed {@code changedNanos} of each entry; {@link #UNTRUSTED} when it says nothing
 */
@SuppressWarnings("ArrayRecordComponent") // tens of thousands of entries; nobody compares pages
record KnownPage(String sha256, byte[] bytes, long[] inodes, long[] changed) {

    /** The file was written to so shortly before it was read that a later write may have the same time. */
    static final long UNTRUSTED = Long.MIN_VALUE;

    int entries() {
        return inodes.length;
    }
}
