package dev.titan.sandboxd.checkpoint;

import dev.titan.contracts.checkpoint.CheckpointLimits;
import dev.titan.contracts.checkpoint.FilePiece;
import dev.titan.sandboxd.file.RefusedException;
import dev.titan.sandboxd.file.Workspace;
import dev.titan.sandboxd.libc.Descriptor;
import dev.titan.sandboxd.libc.ErrnoException;
import dev.titan.sandboxd.libc.FileStat;
import dev.titan.sandboxd.libc.OpenFlag;
import dev.titan.sandboxd.libc.RawFiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads files for a checkpoint, many small ones or a piece of a large one in one answer. Thread-safe. */
public final class FileReading {

    private final Workspace workspace;

    public FileReading(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Reads as many pieces, in order and at least one, as {@link CheckpointLimits#TRANSFER_BYTES_MAX} allows. */
    public List<FilePiece.Read> read(List<FilePiece> pieces) throws RefusedException {
        List<FilePiece.Read> read = new ArrayList<>();
        int room = CheckpointLimits.TRANSFER_BYTES_MAX;
        try (RawFiles raw = new RawFiles();
                Descriptor root = workspace.open(".", OpenFlag.PATH | OpenFlag.DIRECTORY, 0);
                Parents parents = new Parents(raw, root)) {
            for (FilePiece piece : pieces) {
                if (!read.isEmpty() && piece.bytesMax() > room) {
                    break;
                }
                FilePiece.Read one = read(raw, parents, piece, Math.min(piece.bytesMax(), room));
                read.add(one);
                room -= one instanceof FilePiece.Read.Bytes(byte[] bytes) ? bytes.length : 0;
            }
        }
        return read;
    }

    private static FilePiece.Read read(RawFiles raw, Parents parents, FilePiece piece, int bytesMax) {
        try {
            Descriptor directory = parents.of(piece.path());
            String name = Parents.nameOf(piece.path());
            FileStat stat = raw.stat(directory, name);
            if (!stat.isFile()) {
                return new FilePiece.Read.Gone();
            }
            try (Descriptor file = parents.permissions().openFile(directory, name, stat)) {
                return raw.stat(file).isFile()
                        ? new FilePiece.Read.Bytes(content(raw, file, piece.offset(), bytesMax))
                        : new FilePiece.Read.Gone();
            }
        } catch (ErrnoException e) {
            return new FilePiece.Read.Gone();
        }
    }

    private static byte[] content(RawFiles raw, Descriptor file, long offset, int bytesMax) throws ErrnoException {
        byte[] bytes = new byte[bytesMax];
        int at = 0;
        while (at < bytesMax) {
            int read = raw.read(file, offset + at, bytes, at);
            if (read == 0) {
                return Arrays.copyOf(bytes, at);
            }
            at += read;
        }
        return bytes;
    }
}
