package dev.titan.contracts.checkpoint;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Part of a manifest, as bytes that are sent and stored by their hash. Where a page ends depends on the names of its
 * entries alone, so a changed file changes one page, and a manifest with one page changed shares all the others with the
 * one before.
 */
public final class ManifestPage {

    /** Closes a page when no name has: bounds what a reader holds. */
    public static final int BYTES_MAX = 64 * 1024;

    /** One entry in so many ends a page: some 25 KB at usual paths. */
    private static final int ENTRIES_ON_AVERAGE = 256;

    static final byte FILE = 1;
    static final byte DIRECTORY = 2;
    static final byte SYMLINK = 3;
    static final int SHA256_BYTES = 32;

    /** Kind, mode, time, size, hash, and the lengths of path and target. */
    private static final int FIXED_BYTES_MAX = 1 + 2 + 8 + 8 + SHA256_BYTES + 2 + 2;

    private ManifestPage() {}

    /** Returns whether a page is to end behind the entry of this path. */
    public static boolean endsBehind(String path, int pageBytes) {
        CRC32 crc = new CRC32();
        crc.update(path.getBytes(StandardCharsets.ISO_8859_1));
        return pageBytes >= BYTES_MAX || crc.getValue() % ENTRIES_ON_AVERAGE == 0;
    }

    /** Returns an entry as it stands in a page. */
    public static byte[] encode(ManifestEntry entry) {
        byte[] path = entry.path().getBytes(StandardCharsets.ISO_8859_1);
        byte[] target = entry instanceof ManifestEntry.Symlink link
                ? link.target().getBytes(StandardCharsets.ISO_8859_1)
                : new byte[0];
        ByteBuffer buffer = ByteBuffer.allocate(FIXED_BYTES_MAX + path.length + target.length);
        buffer.put(kind(entry));
        buffer.putShort((short) entry.mode()).putLong(entry.modifiedNanos());
        buffer.putShort((short) path.length).put(path);
        switch (entry) {
            case ManifestEntry.File file ->
                buffer.putLong(file.bytes()).put(HexFormat.of().parseHex(file.sha256()));
            case ManifestEntry.Directory _ -> {}
            case ManifestEntry.Symlink _ ->
                buffer.putShort((short) target.length).put(target);
        }
        byte[] encoded = new byte[buffer.position()];
        buffer.flip().get(encoded);
        return encoded;
    }

    /** Reads all entries of a page; an {@link IllegalArgumentException} for anything else. */
    public static List<ManifestEntry> decode(byte[] page) {
        List<ManifestEntry> entries = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(page);
        while (buffer.hasRemaining()) {
            entries.add(next(buffer));
        }
        return entries;
    }

    /** Reads the entry at the buffer's position. */
    public static ManifestEntry next(ByteBuffer buffer) {
        try {
            byte kind = buffer.get();
            int mode = buffer.getShort();
            long modified = buffer.getLong();
            String path = text(buffer);
            return switch (kind) {
                case FILE -> {
                    long bytes = buffer.getLong();
                    byte[] sha256 = new byte[SHA256_BYTES];
                    buffer.get(sha256);
                    yield new ManifestEntry.File(
                            path, mode, modified, bytes, HexFormat.of().formatHex(sha256));
                }
                case DIRECTORY -> new ManifestEntry.Directory(path, mode, modified);
                case SYMLINK -> new ManifestEntry.Symlink(path, mode, modified, text(buffer));
                default -> throw new IllegalArgumentException("no entry of a manifest is of kind " + kind);
            };
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a page of a manifest is cut off", e);
        }
    }

    private static byte kind(ManifestEntry entry) {
        return switch (entry) {
            case ManifestEntry.File _ -> FILE;
            case ManifestEntry.Directory _ -> DIRECTORY;
            case ManifestEntry.Symlink _ -> SYMLINK;
        };
    }

    private static String text(ByteBuffer buffer) {
        byte[] bytes = new byte[Short.toUnsignedInt(buffer.getShort())];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
