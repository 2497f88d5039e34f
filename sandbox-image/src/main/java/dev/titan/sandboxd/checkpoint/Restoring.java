package dev.titan.sandboxd.checkpoint;

import dev.titan.contracts.checkpoint.CheckpointLimits;
import dev.titan.contracts.checkpoint.ManifestEntry;
import dev.titan.contracts.checkpoint.RestorePart;
import dev.titan.contracts.sandbox.FileReply.Problem;
import dev.titan.sandboxd.file.RefusedException;
import dev.titan.sandboxd.file.Workspace;
import dev.titan.sandboxd.libc.Descriptor;
import dev.titan.sandboxd.libc.Errno;
import dev.titan.sandboxd.libc.ErrnoException;
import dev.titan.sandboxd.libc.OpenFlag;
import dev.titan.sandboxd.libc.RawFiles;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts a state into the workspace of a new sandbox, once. Several attempts may try, the later of which believes that the
 * earlier is dead: the newest to begin removes what is there and locks the others out, and when one has ended, nothing is
 * put back any more. Thread-safe.
 */
public final class Restoring {

    private static final int OPEN_DIRECTORY = 0700;
    private static final int OPEN_FILE = 0600;

    private final Workspace workspace;
    private @Nullable String attempt;
    private @Nullable String checkpoint;
    private boolean ended;

    public Restoring(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Returns whether that state is still to be put back. */
    public synchronized boolean begin(String newAttempt, String wanted) throws RefusedException {
        if (ended) {
            if (!wanted.equals(checkpoint)) {
                throw refused("holds the checkpoint %s already".formatted(checkpoint));
            }
            return false;
        }
        try (RawFiles raw = new RawFiles();
                Descriptor root = root()) {
            clear(raw, root, 1);
        } catch (ErrnoException e) {
            throw RefusedException.of(workspace.root(), e);
        }
        attempt = newAttempt;
        checkpoint = wanted;
        return true;
    }

    /** Puts parts back, in order. */
    public synchronized void put(String anAttempt, List<RestorePart> parts) throws RefusedException {
        requireCurrent(anAttempt);
        try (RawFiles raw = new RawFiles();
                Descriptor root = root();
                Parents parents = new Parents(raw, root)) {
            for (RestorePart part : parts) {
                put(raw, parents, part);
            }
        }
    }

    /** Ends it; repeating that is harmless. */
    public synchronized void end(String anAttempt) throws RefusedException {
        if (!(ended && anAttempt.equals(attempt))) {
            requireCurrent(anAttempt);
            ended = true;
        }
    }

    private void requireCurrent(String anAttempt) throws RefusedException {
        if (ended || !anAttempt.equals(attempt)) {
            throw refused("is being restored by another attempt, or has been");
        }
    }

    private static void put(RawFiles raw, Parents parents, RestorePart part) throws RefusedException {
        ManifestEntry entry = switch (part) {
            case RestorePart.Make make -> make.entry();
            case RestorePart.Content content -> content.file();
            case RestorePart.Seal seal -> seal.directory();
        };
        try {
            Descriptor directory = parents.of(entry.path());
            String name = Parents.nameOf(entry.path());
            switch (part) {
                case RestorePart.Make _ -> {
                    removeFile(raw, directory, name);
                    if (entry instanceof ManifestEntry.Symlink link) {
                        raw.makeLink(directory, name, link.target());
                        raw.setModified(directory, name, link.modifiedNanos());
                    } else {
                        makeDirectory(raw, directory, name);
                    }
                }
                case RestorePart.Content content -> write(raw, directory, name, content);
                case RestorePart.Seal _ -> {
                    try (Descriptor made = raw.open(directory, name, OpenFlag.PATH | OpenFlag.DIRECTORY, 0)) {
                        raw.chmod(made, entry.mode());
                    }
                    raw.setModified(directory, name, entry.modifiedNanos());
                }
            }
        } catch (ErrnoException e) {
            throw RefusedException.of(entry.shownPath(), e);
        }
    }

    /** Any part may come twice, when the connection broke before its answer was out. */
    private static void write(RawFiles raw, Descriptor directory, String name, RestorePart.Content content)
            throws ErrnoException {
        int flags = OpenFlag.WRITE_ONLY;
        if (content.offset() == 0) {
            removeFile(raw, directory, name);
            flags |= OpenFlag.CREATE | OpenFlag.EXCLUSIVE;
        } else {
            try (Descriptor begun = raw.open(directory, name, OpenFlag.PATH, 0)) {
                raw.chmod(begun, OPEN_FILE);
            }
        }
        try (Descriptor file = raw.open(directory, name, flags, OPEN_FILE)) {
            raw.write(file, content.offset(), content.bytes());
            if (content.last()) {
                raw.chmod(file, content.file().mode());
            }
        }
        if (content.last()) {
            raw.setModified(directory, name, content.file().modifiedNanos());
        }
    }

    private static void removeFile(RawFiles raw, Descriptor directory, String name) throws ErrnoException {
        try {
            raw.remove(directory, name, false);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT && e.errno() != Errno.EISDIR) {
                throw e;
            }
        }
    }

    private static void makeDirectory(RawFiles raw, Descriptor directory, String name) throws ErrnoException {
        try {
            raw.makeDirectory(directory, name, OPEN_DIRECTORY);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
        }
    }

    private static void clear(RawFiles raw, Descriptor directory, int depth) throws ErrnoException {
        if (depth > CheckpointLimits.DEPTH_MAX) {
            throw new ErrnoException(Errno.ELOOP);
        }
        for (String name : raw.names(directory, CheckpointLimits.ENTRIES_MAX)) {
            boolean isDirectory = raw.stat(directory, name).isDirectory();
            if (isDirectory) {
                try (Descriptor closed = raw.open(directory, name, OpenFlag.PATH | OpenFlag.DIRECTORY, 0)) {
                    raw.chmod(closed, OPEN_DIRECTORY);
                }
                try (Descriptor child = raw.open(directory, name, OpenFlag.READ_ONLY | OpenFlag.DIRECTORY, 0)) {
                    clear(raw, child, depth + 1);
                }
            }
            raw.remove(directory, name, isDirectory);
        }
    }

    private Descriptor root() throws RefusedException {
        return workspace.open(".", OpenFlag.READ_ONLY | OpenFlag.DIRECTORY, 0);
    }

    private RefusedException refused(String reason) {
        return new RefusedException(Problem.NOT_POSSIBLE, workspace.root(), reason);
    }
}
