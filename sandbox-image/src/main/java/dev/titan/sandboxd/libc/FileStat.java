package dev.titan.sandboxd.libc;

/**
 * What statx(2) tells of a file.
 *
 * @param kindAndMode {@code st_mode}
 * @param inode its number in its file system
 * @param bytes its size
 * @param modifiedNanos time of the last change of its content, in nanoseconds since 1970
 * @param changedNanos time of the last change of anything about it, which nobody can set
 */
public record FileStat(int kindAndMode, long inode, long bytes, long modifiedNanos, long changedNanos) {

    private static final int KIND = 0170000;
    private static final int REGULAR = 0100000;
    private static final int DIRECTORY = 0040000;
    private static final int SYMLINK = 0120000;
    private static final int PERMISSIONS = 07777;

    public boolean isFile() {
        return (kindAndMode & KIND) == REGULAR;
    }

    public boolean isDirectory() {
        return (kindAndMode & KIND) == DIRECTORY;
    }

    public boolean isSymlink() {
        return (kindAndMode & KIND) == SYMLINK;
    }

    /** Returns the permission bits. */
    public int mode() {
        return kindAndMode & PERMISSIONS;
    }
}
