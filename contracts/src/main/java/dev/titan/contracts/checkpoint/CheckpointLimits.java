package dev.titan.contracts.checkpoint;

/** What one checkpoint can hold. A workspace beyond is not stored, and its task goes on without. */
public final class CheckpointLimits {

    /** A large checkout with its dependencies; the daemon holds the manifest in its heap. */
    public static final int ENTRIES_MAX = 60_000;

    /** Above the workspace of a sandbox of the standard shape. */
    public static final long BYTES_MAX = 1L << 30;

    /** Deeper than any sane tree; each level holds a descriptor while it is walked. */
    public static final int DEPTH_MAX = 128;

    /** A sixth of the daemon's heap; {@link #ENTRIES_MAX} entries with paths of 90 bytes. */
    public static final int MANIFEST_BYTES_MAX = 8 << 20;

    /** What one answer or request of a transfer may carry: a thousand small files, and a fraction of the heap. */
    public static final int TRANSFER_BYTES_MAX = 2 << 20;

    private CheckpointLimits() {}
}
