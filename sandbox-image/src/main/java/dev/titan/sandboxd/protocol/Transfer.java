package dev.titan.sandboxd.protocol;

import dev.titan.contracts.checkpoint.FilePiece;
import dev.titan.contracts.checkpoint.ManifestEntry;
import dev.titan.contracts.checkpoint.ManifestPage;
import dev.titan.contracts.checkpoint.RestorePart;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The bodies of checkpoint transfers, which are mostly file contents: numbers in network order, lengths before bytes. */
public final class Transfer {

    private static final byte BYTES = 1;
    private static final byte GONE = 2;
    private static final byte MAKE = 1;
    private static final byte CONTENT = 2;
    private static final byte LAST_CONTENT = 3;
    private static final byte SEAL = 4;

    private Transfer() {}

    public static byte[] pieces(List<FilePiece> pieces) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (FilePiece piece : pieces) {
            byte[] path = piece.path().getBytes(StandardCharsets.ISO_8859_1);
            body.writeBytes(ByteBuffer.allocate(Short.BYTES + path.length + Long.BYTES + Integer.BYTES)
                    .putShort((short) path.length)
                    .put(path)
                    .putLong(piece.offset())
                    .putInt(piece.bytesMax())
                    .array());
        }
        return body.toByteArray();
    }

    public static List<FilePiece> readPieces(byte[] body) {
        return readAll(body, buffer -> {
            byte[] path = bytes(buffer, Short.toUnsignedInt(buffer.getShort()));
            return new FilePiece(new String(path, StandardCharsets.ISO_8859_1), buffer.getLong(), buffer.getInt());
        });
    }

    public static byte[] contents(List<FilePiece.Read> contents) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (FilePiece.Read content : contents) {
            switch (content) {
                case FilePiece.Read.Bytes(byte[] bytes) -> {
                    body.write(BYTES);
                    withLength(body, bytes);
                }
                case FilePiece.Read.Gone() -> body.write(GONE);
            }
        }
        return body.toByteArray();
    }

    public static List<FilePiece.Read> readContents(byte[] body) {
        return readAll(body, buffer -> switch (buffer.get()) {
            case BYTES -> new FilePiece.Read.Bytes(bytes(buffer, buffer.getInt()));
            case GONE -> new FilePiece.Read.Gone();
            default -> throw new IllegalArgumentException("not the content of a piece");
        });
    }

    public static byte[] parts(List<RestorePart> parts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (RestorePart part : parts) {
            switch (part) {
                case RestorePart.Make(ManifestEntry entry) -> {
                    body.write(MAKE);
                    body.writeBytes(ManifestPage.encode(entry));
                }
                case RestorePart.Content(ManifestEntry.File file, long offset, byte[] bytes, boolean last) -> {
                    body.write(last ? LAST_CONTENT : CONTENT);
                    body.writeBytes(ManifestPage.encode(file));
                    body.writeBytes(
                            ByteBuffer.allocate(Long.BYTES).putLong(offset).array());
                    withLength(body, bytes);
                }
                case RestorePart.Seal(ManifestEntry.Directory directory) -> {
                    body.write(SEAL);
                    body.writeBytes(ManifestPage.encode(directory));
                }
            }
        }
        return body.toByteArray();
    }

    public static List<RestorePart> readParts(byte[] body) {
        return readAll(body, buffer -> {
            byte kind = buffer.get();
            ManifestEntry entry = ManifestPage.next(buffer);
            return switch (kind) {
                case MAKE -> new RestorePart.Make(entry);
                case CONTENT, LAST_CONTENT -> {
                    if (!(entry instanceof ManifestEntry.File file)) {
                        throw new IllegalArgumentException("only a file has content");
                    }
                    long offset = buffer.getLong();
                    yield new RestorePart.Content(file, offset, bytes(buffer, buffer.getInt()), kind == LAST_CONTENT);
                }
                case SEAL -> {
                    if (!(entry instanceof ManifestEntry.Directory directory)) {
                        throw new IllegalArgumentException("only a directory is sealed");
                    }
                    yield new RestorePart.Seal(directory);
                }
                default -> throw new IllegalArgumentException("not a part of a restore");
            };
        });
    }

    private static <T> List<T> readAll(byte[] body, Function<ByteBuffer, T> one) {
        List<T> all = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(body);
        try {
            while (buffer.hasRemaining()) {
                all.add(one.apply(buffer));
            }
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a transfer is cut off", e);
        }
        return all;
    }

    private static byte[] bytes(ByteBuffer buffer, int length) {
        if (length < 0 || length > buffer.remaining()) {
            throw new IllegalArgumentException("a transfer is cut off");
        }
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }

    private static void withLength(ByteArrayOutputStream body, byte[] bytes) {
        body.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        body.writeBytes(bytes);
    }
}
