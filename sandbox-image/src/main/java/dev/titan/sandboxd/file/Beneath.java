package dev.titan.sandboxd.file;

import dev.titan.sandboxd.libc.Descriptor;
import dev.titan.sandboxd.libc.Errno;
import dev.titan.sandboxd.libc.ErrnoException;
import dev.titan.sandboxd.libc.LibC;
import dev.titan.sandboxd.libc.OpenFlag;

/** Opens paths below a directory and never outside of it, whatever others do to the tree meanwhile. */
sealed interface Beneath {

    /**
     * Opens a relative path, following links that stay inside.
     *
     * @throws ErrnoException with {@link Errno#EXDEV} when the path leads outside
     */
    Descriptor open(String path, int flags, int mode) throws ErrnoException;

    /** Chooses: the kernel where it can, else a walk (before Linux 5.6, or where a seccomp profile denies openat2). */
    static Beneath of(Descriptor root, String rootPath) {
        Walk walk = new Walk(new BeneathWalk(root, rootPath));
        try (Descriptor probe = LibC.openat2(root, ".", OpenFlag.PATH, 0, Kernel.RESOLVE)) {
            return probe.number() >= 0 ? new Kernel(root, walk) : walk;
        } catch (ErrnoException e) {
            return walk;
        }
    }

    /**
     * By openat2(2). It refuses every absolute link, also one that leads back inside; those are walked.
     *
     * @param root the directory
     * @param walk for absolute links
     */
    record Kernel(Descriptor root, Walk walk) implements Beneath {

        private static final long RESOLVE = LibC.RESOLVE_BENEATH | LibC.RESOLVE_NO_MAGICLINKS;

        /** The kernel gives up when somebody renames directories meanwhile; a walk needs no such luck. */
        private static final int TRIES_MAX = 8;

        @Override
        public Descriptor open(String path, int flags, int mode) throws ErrnoException {
            for (int tried = 0; tried < TRIES_MAX; tried++) {
                try {
                    return LibC.openat2(root, path, flags, mode, RESOLVE);
                } catch (ErrnoException e) {
                    if (e.errno() == Errno.EXDEV) {
                        break;
                    }
                    if (e.errno() != Errno.EAGAIN) {
                        throw e;
                    }
                }
            }
            return walk.open(path, flags, mode);
        }
    }

    /**
     * Component by component.
     *
     * @param steps how
     */
    record Walk(BeneathWalk steps) implements Beneath {
        @Override
        public Descriptor open(String path, int flags, int mode) throws ErrnoException {
            return steps.open(path, flags, mode);
        }
    }
}
