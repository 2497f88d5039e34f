package dev.titan.sandboxd.file;

import dev.titan.contracts.sandbox.FileReply.Problem;
import dev.titan.sandboxd.libc.Descriptor;
import dev.titan.sandboxd.libc.Errno;
import dev.titan.sandboxd.libc.ErrnoException;
import dev.titan.sandboxd.libc.LibC;
import dev.titan.sandboxd.libc.OpenFlag;
import java.io.IOException;
import java.nio.file.Path;

/** The directory everything happens in, and the only way to its files. Thread-safe. */
public final class Workspace {

    private static final int DIRECTORY_MODE = 0755;

    private final String root;
    private final Beneath beneath;

    /** Opens the workspace for good: it stays this directory even if its name comes to mean another. */
    public Workspace(Path directory) throws IOException {
        this.root = directory.toRealPath().toString();
        this.beneath = Beneath.of(LibC.openDirectory(root), root);
    }

    Workspace(String root, Beneath beneath) {
        this.root = root;
        this.beneath = beneath;
    }

    /** Returns where it is. */
    public String root() {
        return root;
    }

    /** Opens what a path means, following links that stay inside. */
    public Descriptor open(String path, int flags, int mode) throws RefusedException {
        String relative = WorkspacePath.parse(path, root).value();
        try {
            return beneath.open(relative, flags, mode);
        } catch (ErrnoException e) {
            throw RefusedException.of(path, e);
        }
    }

    /** Returns the path as callers are shown it, relative to the workspace. */
    String shown(String path) throws RefusedException {
        return WorkspacePath.parse(path, root).shown();
    }

    /** Makes the directories above a path that are missing. */
    void makeParents(String path) throws RefusedException {
        String relative = WorkspacePath.parse(path, root).value();
        try {
            int slash = relative.indexOf('/');
            while (slash >= 0) {
                makeDirectory(relative.substring(0, slash));
                slash = relative.indexOf('/', slash + 1);
            }
        } catch (ErrnoException e) {
            throw RefusedException.of(path, e);
        }
    }

    private void makeDirectory(String relative) throws ErrnoException {
        int slash = relative.lastIndexOf('/');
        String name = relative.substring(slash + 1);
        if (name.isEmpty()) {
            return;
        }
        String parent = slash < 0 ? "." : relative.substring(0, slash);
        try (Descriptor directory = beneath.open(parent, OpenFlag.PATH | OpenFlag.DIRECTORY, 0)) {
            LibC.mkdirat(directory, name, DIRECTORY_MODE);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
        }
    }

    static RefusedException notAFile(String path) {
        return new RefusedException(Problem.WRONG_KIND, path, "is not a file");
    }
}
