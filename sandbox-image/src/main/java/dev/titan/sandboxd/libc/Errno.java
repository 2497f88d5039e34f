package dev.titan.sandboxd.libc;

/** The error numbers the daemon tells apart; the same on every Linux it runs on. */
public final class Errno {

    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int EINTR = 4;
    public static final int ENXIO = 6;
    public static final int E2BIG = 7;
    public static final int ENOEXEC = 8;
    public static final int ECHILD = 10;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int EEXIST = 17;
    public static final int EXDEV = 18;
    public static final int ENODEV = 19;
    public static final int ENOTDIR = 20;
    public static final int EISDIR = 21;
    public static final int EINVAL = 22;
    public static final int EMFILE = 24;
    public static final int ETXTBSY = 26;
    public static final int ENOSPC = 28;
    public static final int EROFS = 30;
    public static final int EPIPE = 32;
    public static final int ENAMETOOLONG = 36;
    public static final int ENOSYS = 38;
    public static final int ELOOP = 40;
    public static final int EDQUOT = 122;

    private Errno() {}

    /** Says in words what an error number means. */
    public static String describe(int errno) {
        return switch (errno) {
            case EPERM -> "operation not permitted";
            case ENOENT -> "no such file or directory";
            case E2BIG -> "arguments and environment are too long";
            case ENOEXEC -> "not a program this machine can run";
            case EAGAIN -> "no more processes can be started";
            case ENOMEM -> "out of memory";
            case EACCES -> "permission denied";
            case ENOTDIR -> "not a directory";
            case EISDIR -> "is a directory";
            case EMFILE -> "too many open files";
            case ETXTBSY -> "the program is being written to";
            case ENOSPC -> "no space left";
            case EROFS -> "read-only file system";
            case ENAMETOOLONG -> "a name is too long";
            case ELOOP -> "too many symbolic links";
            case EDQUOT -> "disk quota exceeded";
            default -> "error " + errno;
        };
    }
}
