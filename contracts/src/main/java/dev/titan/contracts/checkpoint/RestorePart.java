package dev.titan.contracts.checkpoint;

/** One piece of putting a workspace back. */
public sealed interface RestorePart {

    /**
     * Makes a directory, open to its owner until it is sealed, or a link.
     *
     * @param entry a directory or a link
     */
    record Make(ManifestEntry entry) implements RestorePart {
        public Make {
            if (entry instanceof ManifestEntry.File) {
                throw new IllegalArgumentException("a file is made by its content");
            }
        }
    }

    /**
     * Writes a piece of a file; the first makes it, the last gives it its mode and time.
     *
     * @param file the file
     * @param offset where the piece goes
     * @param bytes the piece
     * @param last whether the file is complete with it
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes travel once; nobody compares them
    record Content(ManifestEntry.File file, long offset, byte[] bytes, boolean last) implements RestorePart {}

    /**
     * Gives a directory its mode and time, when everything in it is there.
     *
     * @param directory the directory
     */
    record Seal(ManifestEntry.Directory directory) implements RestorePart {}
}
