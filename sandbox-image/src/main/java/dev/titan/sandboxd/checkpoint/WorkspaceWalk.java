package dev.titan.sandboxd.checkpoint;

import dev.titan.contracts.checkpoint.CheckpointLimits;
import dev.titan.contracts.checkpoint.ManifestEntry;
import dev.titan.sandboxd.libc.Descriptor;
import dev.titan.sandboxd.libc.ErrnoException;
import dev.titan.sandboxd.libc.FileStat;
import dev.titan.sandboxd.libc.RawFiles;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/**
 * One walk over the workspace, from directory to directory by descriptor and never through a link, so that nobody who
 * moves things about meanwhile leads it outside. What disappears while it is looked at is left out.
 */
final class WorkspaceWalk {

    /** The kernel's clock for files goes in steps of up to 10 ms; a change within the same step would not be seen. */
    private static final long SETTLED_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final int READ_BYTES = 64 * 1024;

    private final RawFiles raw;
    private final KnownFiles known;
    private final ManifestWriter manifest;
    private final MessageDigest digest = Sha256.digest();
    private final byte[] content = new byte[READ_BYTES];
    private long bytes;

    WorkspaceWalk(RawFiles raw, KnownFiles known, ManifestWriter manifest) {
        this.raw = raw;
        this.known = known;
        this.manifest = manifest;
    }

    /** Adds everything below a directory to the manifest. */
    void walk(Descriptor directory, String prefix, int depth) throws TooLargeException, ErrnoException {
        if (depth > CheckpointLimits.DEPTH_MAX) {
            throw new TooLargeException("directories deeper than %d levels".formatted(CheckpointLimits.DEPTH_MAX));
        }
        for (String name : raw.names(directory, CheckpointLimits.ENTRIES_MAX)) {
            String path = prefix + name;
            if (path.length() > ManifestEntry.PATH_BYTES_MAX) {
                throw new TooLargeException("a path longer than %,d bytes".formatted(ManifestEntry.PATH_BYTES_MAX));
            }
            try {
                enter(directory, name, path, depth);
            } catch (ErrnoException e) {
                // Removed or swapped meanwhile, or not ours to read: it is left out.
                assert e.errno() != 0;
            }
        }
    }

    /** Returns the size of the files so far. */
    long bytes() {
        return bytes;
    }

    private void enter(Descriptor directory, String name, String path, int depth)
            throws TooLargeException, ErrnoException {
        FileStat stat = raw.stat(directory, name);
        if (stat.isFile()) {
            file(directory, name, path, stat);
        } else if (stat.isDirectory()) {
            manifest.add(new ManifestEntry.Directory(path, stat.mode(), stat.modifiedNanos()), stat, 0);
            try (Permissions permissions = new Permissions(raw);
                    Descriptor child = permissions.openDirectory(directory, name, stat)) {
                walk(child, path + "/", depth + 1);
            }
        } else if (stat.isSymlink()) {
            String target = raw.readLink(directory, name);
            manifest.add(new ManifestEntry.Symlink(path, stat.mode(), stat.modifiedNanos(), target), stat, 0);
        }
    }

    private void file(Descriptor directory, String name, String path, FileStat stat)
            throws TooLargeException, ErrnoException {
        bytes += stat.bytes();
        if (bytes > CheckpointLimits.BYTES_MAX) {
            throw new TooLargeException("more than %,d bytes in its files".formatted(CheckpointLimits.BYTES_MAX));
        }
        var unchanged = known.hash(path, stat);
        if (unchanged.isPresent()) {
            manifest.add(entry(path, stat, stat.bytes(), unchanged.get()), stat, stat.changedNanos());
            return;
        }
        long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        try (Permissions permissions = new Permissions(raw);
                Descriptor file = permissions.openFile(directory, name, stat)) {
            FileStat before = raw.stat(file);
            if (!before.isFile()) {
                return;
            }
            long read = hash(file);
            boolean settled = read == stat.bytes()
                    && before.inode() == stat.inode()
                    && before.changedNanos() == stat.changedNanos()
                    && stat.changedNanos() < now - SETTLED_AFTER_NANOS;
            manifest.add(
                    entry(path, stat, read, HexFormat.of().formatHex(digest.digest())),
                    stat,
                    settled ? stat.changedNanos() : KnownPage.UNTRUSTED);
        }
    }

    /** A file that grows for ever is read up to the limit of a checkpoint. */
    private long hash(Descriptor file) throws ErrnoException {
        digest.reset();
        long offset = 0;
        for (int read = raw.read(file, 0, content, 0);
                read > 0 && offset < CheckpointLimits.BYTES_MAX;
                read = raw.read(file, offset, content, 0)) {
            digest.update(content, 0, read);
            offset += read;
        }
        return offset;
    }

    private static ManifestEntry.File entry(String path, FileStat stat, long bytes, String sha256) {
        return new ManifestEntry.File(path, stat.mode(), stat.modifiedNanos(), bytes, sha256);
    }
}
