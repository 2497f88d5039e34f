package dev.titan.sandboxd.file;

import dev.titan.contracts.sandbox.FileReply.Problem;
import dev.titan.sandboxd.libc.Errno;
import dev.titan.sandboxd.libc.ErrnoException;
import java.io.IOException;

/** A file operation that was not done, with the reason the caller is told. */
public final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Messages repeat at most this much of a path; a path can have 4,096 bytes. */
    private static final int PATH_SHOWN_MAX = 200;

    private final Problem problem;

    public RefusedException(Problem problem, String path, String reason) {
        super("'%s' %s".formatted(shown(path), reason));
        this.problem = problem;
    }

    /** Translates what the kernel said about {@code path}. */
    public static RefusedException of(String path, ErrnoException e) {
        return switch (e.errno()) {
            case Errno.ENOENT -> new RefusedException(Problem.NOT_FOUND, path, "does not exist");
            case Errno.EXDEV -> outside(path);
            case Errno.ENOTDIR -> new RefusedException(Problem.WRONG_KIND, path, "uses a file as a directory");
            case Errno.EISDIR -> new RefusedException(Problem.WRONG_KIND, path, "is a directory");
            case Errno.ENXIO, Errno.ENODEV -> new RefusedException(Problem.WRONG_KIND, path, "is not a file");
            case Errno.ENAMETOOLONG -> new RefusedException(Problem.INVALID_PATH, path, "has a name that is too long");
            default -> new RefusedException(Problem.NOT_POSSIBLE, path, "cannot be opened: " + e.getMessage());
        };
    }

    static RefusedException of(String path, IOException e) {
        return new RefusedException(Problem.NOT_POSSIBLE, path, "failed: " + e.getMessage());
    }

    static RefusedException outside(String path) {
        return new RefusedException(Problem.OUTSIDE_WORKSPACE, path, "lies outside the workspace");
    }

    public Problem problem() {
        return problem;
    }

    private static String shown(String path) {
        String printable = path.replace('\0', '\ufffd');
        return printable.length() <= PATH_SHOWN_MAX ? printable : printable.substring(0, PATH_SHOWN_MAX) + "…";
    }
}
