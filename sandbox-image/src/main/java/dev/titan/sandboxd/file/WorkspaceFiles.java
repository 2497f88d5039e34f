package dev.titan.sandboxd.file;

import dev.titan.contracts.sandbox.FileReply.Problem;
import dev.titan.contracts.sandbox.FileReply.Written;
import dev.titan.sandboxd.libc.Descriptor;
import dev.titan.sandboxd.libc.OpenFlag;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** Reads and writes whole files of the workspace. Thread-safe. */
public final class WorkspaceFiles {

    /** Above the 5 MB a tool may write, and a fraction of the daemon's heap. */
    public static final int FILE_BYTES_MAX = 8 * 1024 * 1024;

    private static final int FILE_MODE = 0644;

    private final Workspace workspace;

    public WorkspaceFiles(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Reads a file of at most {@code maxBytes}. */
    public byte[] read(String path, long maxBytes) throws RefusedException {
        int limit = Math.clamp(maxBytes, 0, FILE_BYTES_MAX);
        try (Descriptor file = workspace.open(path, OpenFlag.PATH, 0)) {
            var attributes = Files.readAttributes(file.path(), BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw Workspace.notAFile(path);
            }
            if (attributes.size() > limit) {
                throw tooLarge(path, attributes.size(), limit);
            }
            try (InputStream content = Files.newInputStream(file.path())) {
                byte[] bytes = content.readNBytes(limit);
                if (content.read() >= 0) { // it grew, or is one of those that claim to be empty
                    throw tooLarge(path, attributes.size() + 1L, limit);
                }
                return bytes;
            }
        } catch (IOException e) {
            throw RefusedException.of(path, e);
        }
    }

    /** Writes a file in place, so that its mode and its links stay, making missing directories. */
    public Written write(String path, byte[] content) throws RefusedException {
        boolean created = !exists(path);
        try (Descriptor file = openForWriting(path)) {
            if (!Files.isRegularFile(file.path())) {
                throw Workspace.notAFile(path);
            }
            Files.write(file.path(), content, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
            return new Written(workspace.shown(path), content.length, created);
        } catch (IOException e) {
            throw RefusedException.of(path, e);
        }
    }

    private boolean exists(String path) throws RefusedException {
        try (Descriptor file = workspace.open(path, OpenFlag.PATH, 0)) {
            return file.number() >= 0;
        } catch (RefusedException e) {
            if (e.problem() == Problem.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /** Not blocking, because opening a pipe nobody reads would wait for ever. */
    private Descriptor openForWriting(String path) throws RefusedException {
        int flags = OpenFlag.WRITE_ONLY | OpenFlag.CREATE | OpenFlag.NON_BLOCKING;
        try {
            return workspace.open(path, flags, FILE_MODE);
        } catch (RefusedException e) {
            if (e.problem() != Problem.NOT_FOUND) {
                throw e;
            }
        }
        workspace.makeParents(path);
        return workspace.open(path, flags, FILE_MODE);
    }

    private static RefusedException tooLarge(String path, long size, long limit) {
        return new RefusedException(
                Problem.TOO_LARGE, path, "has %,d bytes, above the limit of %,d".formatted(size, limit));
    }
}
