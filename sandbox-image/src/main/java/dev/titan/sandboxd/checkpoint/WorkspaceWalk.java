package dev.titan.sandboxd.checkpoint;

import dev.titan.contracts.checkpoint.CheckpointLimits;
import dev.titan.contracts.checkpoint.ManifestEntry;
import dev.titan.sandboxd.libc.Descriptor;
import dev.titan.sandboxd.libc.ErrnoException;
import dev.titan.sandboxd.libc.FileStat;
import dev.titan.sandboxd.libc.RawFiles;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
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
    private final Executor helpers;
    private final Semaphore room = new Semaphore(LookAhead.ENTRIES_MAX);
    private final KnownFiles known;
    private final ManifestWriter manifest;
    private final MessageDigest digest = Sha256.digest();
    private final byte[] content = new byte[READ_BYTES];
    private long bytes;

    /** Entries of the directories that the walk is in: what it holds in memory. */
    private int held;

    WorkspaceWalk(RawFiles raw, Executor helpers, KnownFiles known, ManifestWriter manifest) {
        this.raw = raw;
        this.helpers = helpers;
        this.known = known;
        this.manifest = manifest;
    }

    /** Adds everything below a directory to the manifest. */
    void walk(Descriptor root) throws TooLargeException, ErrnoException {
        walk(Listing.of(raw, root), "", 1);
    }

    /** Returns the size of the files so far. */
    long bytes() {
        return bytes;
    }

    private void walk(Listing listing, String prefix, int depth) throws TooLargeException {
        if (depth > CheckpointLimits.DEPTH_MAX) {
            throw new TooLargeException("directories deeper than %d levels".formatted(CheckpointLimits.DEPTH_MAX));
        }
        held += listing.size();
        if (held > CheckpointLimits.ENTRIES_MAX) {
            throw TooLargeException.entries();
        }
        try (LookAhead ahead = new LookAhead(raw, helpers, room, listing)) {
            for (int index = 0; index < listing.size(); index++) {
                String path = prefix.concat(listing.names().get(index));
                if (path.length() > ManifestEntry.PATH_BYTES_MAX) {
                    throw new TooLargeException("a path longer than %,d bytes".formatted(ManifestEntry.PATH_BYTES_MAX));
                }
                try {
                    enter(listing, index, path, depth, ahead);
                } catch (ErrnoException e) {
                    // Removed or swapped meanwhile, or not ours to read: it is left out.
                    assert e.errno() != 0;
                }
            }
        }
        held -= listing.size();
    }

    private void enter(Listing listing, int index, String path, int depth, LookAhead ahead)
            throws TooLargeException, ErrnoException {
        Descriptor directory = listing.directory();
        String name = listing.names().get(index);
        FileStat stat = listing.stats().get(index);
        if (stat.isFile()) {
            count(stat.bytes());
        }
        if (known.isUnchanged(path, stat)) {
            manifest.addUnchanged(path);
        } else if (stat.isFile()) {
            file(directory, name, path, stat);
        } else if (stat.isDirectory()) {
            manifest.add(new ManifestEntry.Directory(path, stat.mode(), stat.modifiedNanos()), stat, 0);
        } else if (stat.isSymlink()) {
            link(directory, name, path, stat);
        }
        if (LookAhead.covers(stat)) {
            try (Listing child = ahead.take()) {
                walk(child, path.concat("/"), depth + 1);
            }
        } else if (stat.isDirectory()) {
            try (Permissions permissions = new Permissions(raw);
                    Descriptor child = permissions.openDirectory(directory, name, stat)) {
                walk(Listing.of(raw, child), path.concat("/"), depth + 1);
            }
        }
    }

    private void count(long fileBytes) throws TooLargeException {
        bytes += fileBytes;
        if (bytes > CheckpointLimits.BYTES_MAX) {
            throw new TooLargeException("more than %,d bytes in its files".formatted(CheckpointLimits.BYTES_MAX));
        }
    }

    private void file(Descriptor directory, String name, String path, FileStat stat)
            throws TooLargeException, ErrnoException {
        long begun = nowNanos();
        try (Permissions permissions = new Permissions(raw);
                Descriptor file = permissions.openFile(directory, name, stat)) {
            FileStat before = raw.stat(file);
            if (!before.isFile()) {
                return;
            }
            long read = hash(file);
            boolean isTrusted = read == stat.bytes()
                    && before.inode() == stat.inode()
                    && before.changedNanos() == stat.changedNanos();
            manifest.add(
                    new ManifestEntry.File(
                            path,
                            stat.mode(),
                            stat.modifiedNanos(),
                            read,
                            HexFormat.of().formatHex(digest.digest())),
                    stat,
                    isTrusted ? settled(stat, begun) : KnownPage.UNTRUSTED);
        }
    }

    private void link(Descriptor directory, String name, String path, FileStat stat)
            throws TooLargeException, ErrnoException {
        long begun = nowNanos();
        String target = raw.readLink(directory, name);
        manifest.add(
                new ManifestEntry.Symlink(path, stat.mode(), stat.modifiedNanos(), target), stat, settled(stat, begun));
    }

    /** Returns by what to know, later, that nothing has changed since the reading began. */
    private static long settled(FileStat stat, long begunNanos) {
        return stat.changedNanos() < begunNanos - SETTLED_AFTER_NANOS ? stat.changedNanos() : KnownPage.UNTRUSTED;
    }

    private static long nowNanos() {
        return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
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
}
