package dev.titan.contracts.checkpoint;

/**
 * Part of a file that is wanted.
 *
 * @param path see {@link ManifestEntry#path()}
 * @param offset where it begins
 * @param bytesMax how much of it
 */
public record FilePiece(String path, long offset, int bytesMax) {

    /** What came of asking for it. */
    public sealed interface Read {

        /**
         * The bytes there are from the offset on; fewer than asked for at the end of the file.
         *
         * @param bytes the bytes
         */
        @SuppressWarnings("ArrayRecordComponent") // bytes travel once from socket to caller; nobody compares them
        record Bytes(byte[] bytes) implements Read {}

        /** There is no such file any more, or it cannot be read. */
        record Gone() implements Read {}
    }
}
