package dev.titan.sandboxd.libc;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** Functions of the C library as Java methods. Strings travel as UTF-8. Thread-safe. */
public final class LibC {

    public static final int SIGKILL = 9;
    public static final int SIGSTOP = 19;

    /** Refuses to leave the directory the path starts from (openat2, Linux 5.6). */
    public static final long RESOLVE_BENEATH = 0x08;

    /** Refuses links like those in /proc that lead anywhere (openat2, Linux 5.6). */
    public static final long RESOLVE_NO_MAGICLINKS = 0x02;

    private static final long OPENAT2 = 437; // the same number on every processor
    private static final long OPEN_HOW_BYTES = 24;
    private static final long SET_CHILD_SUBREAPER = 36;
    private static final long MEMFD_CLOEXEC = 1;
    private static final long F_SETFL = 4;
    private static final int SYMLINK_BYTES_MAX = 4096; // Linux: PATH_MAX

    private static final NativeCall SYSCALL = NativeCall.of("syscall");
    private static final NativeCall OPENAT = NativeCall.of("openat");
    private static final NativeCall MKDIRAT = NativeCall.of("mkdirat");
    private static final NativeCall READLINKAT = NativeCall.of("readlinkat");
    private static final NativeCall CLOSE = NativeCall.of("close");
    private static final NativeCall PIPE2 = NativeCall.of("pipe2");
    private static final NativeCall READ = NativeCall.of("read");
    private static final NativeCall WRITE = NativeCall.of("write");
    private static final NativeCall FCNTL = NativeCall.of("fcntl");
    private static final NativeCall POLL = NativeCall.of("poll");
    private static final NativeCall MEMFD_CREATE = NativeCall.of("memfd_create");
    private static final NativeCall KILL = NativeCall.of("kill");
    private static final NativeCall WAITPID = NativeCall.of("waitpid");
    private static final NativeCall PRCTL = NativeCall.of("prctl");
    private static final NativeCall GETPID = NativeCall.of("getpid");

    private LibC() {}

    /** Opens a path with the kernel watching every component, also those that come from links. */
    public static Descriptor openat2(Descriptor directory, String path, int flags, int mode, long resolve)
            throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment how = arena.allocate(OPEN_HOW_BYTES, Long.BYTES);
            how.set(JAVA_LONG, 0, flags | OpenFlag.CLOSE_ON_EXEC);
            how.set(JAVA_LONG, 8, mode);
            how.set(JAVA_LONG, 16, resolve);
            MemorySegment name = arena.allocateFrom(path);
            return new Descriptor(
                    SYSCALL.invoke(OPENAT2, directory.number(), name.address(), how.address(), OPEN_HOW_BYTES));
        }
    }

    public static Descriptor openat(Descriptor directory, String path, int flags, int mode) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path);
            return new Descriptor(
                    OPENAT.invoke(directory.number(), name.address(), flags | OpenFlag.CLOSE_ON_EXEC, mode));
        }
    }

    /** Opens a directory by its own path, following every link. */
    public static Descriptor openDirectory(String path) throws ErrnoException {
        return openat(new Descriptor(-100), path, OpenFlag.PATH | OpenFlag.DIRECTORY, 0); // -100: AT_FDCWD
    }

    public static void mkdirat(Descriptor directory, String name, int mode) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MKDIRAT.invoke(directory.number(), arena.allocateFrom(name).address(), mode);
        }
    }

    public static String readlinkat(Descriptor directory, String name) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment target = arena.allocate(SYMLINK_BYTES_MAX);
            int size = READLINKAT.invoke(
                    directory.number(), arena.allocateFrom(name).address(), target.address(), SYMLINK_BYTES_MAX);
            return new String(target.asSlice(0, size).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
        }
    }

    static void close(int descriptor) {
        try {
            CLOSE.invoke(descriptor);
        } catch (ErrnoException e) {
            // Linux has released the number whatever close(2) says; there is nothing left to do about it.
            assert e.errno() != 0;
        }
    }

    /** Makes a pipe whose ends no child inherits by itself. */
    public static Pipe pipe() throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(JAVA_INT, 2);
            PIPE2.invoke(ends.address(), OpenFlag.CLOSE_ON_EXEC);
            return new Pipe(new Descriptor(ends.getAtIndex(JAVA_INT, 0)), new Descriptor(ends.getAtIndex(JAVA_INT, 1)));
        }
    }

    /** Reads what is there, at least one byte; 0 is the end. */
    public static int read(Descriptor from, MemorySegment into) throws ErrnoException {
        return READ.invoke(from.number(), into.address(), into.byteSize());
    }

    public static int write(Descriptor to, MemorySegment bytes) throws ErrnoException {
        return WRITE.invoke(to.number(), bytes.address(), bytes.byteSize());
    }

    /** Makes reading and writing answer {@link Errno#EAGAIN} instead of waiting. Our end of a pipe alone is changed. */
    public static void doNotBlock(Descriptor descriptor) throws ErrnoException {
        FCNTL.invoke(descriptor.number(), F_SETFL, OpenFlag.NON_BLOCKING);
    }

    /** Waits until one of {@code count} pollfd structures has something to tell; without a time limit. */
    public static void poll(MemorySegment descriptors, int count) throws ErrnoException {
        POLL.invoke(descriptors.address(), count, -1);
    }

    /** Makes a file that exists in memory only. */
    public static Descriptor memoryFile(String name) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            return new Descriptor(MEMFD_CREATE.invoke(arena.allocateFrom(name).address(), MEMFD_CLOEXEC));
        }
    }

    /** Sends a signal to a process, or to a group when the number is negative. One that is gone already is no error. */
    public static void kill(int pid, int signal) {
        try {
            KILL.invoke(pid, signal);
        } catch (ErrnoException e) {
            // ESRCH: it ended first. EPERM: a set-uid program, which a sandbox without new privileges cannot have.
            assert e.errno() != Errno.EINVAL;
        }
    }

    /** Waits for any child to end. */
    public static Ended waitForAnyChild() throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = arena.allocate(JAVA_INT);
            int pid = WAITPID.invoke(-1, status.address(), 0);
            return new Ended(pid, status.get(JAVA_INT, 0));
        }
    }

    /** Makes orphaned descendants children of this process, so that none is lost sight of. */
    public static void adoptOrphans() throws ErrnoException {
        PRCTL.invoke(SET_CHILD_SUBREAPER, 1);
    }

    /** Returns the number of this process. */
    public static int pid() {
        try {
            return GETPID.invoke();
        } catch (ErrnoException e) {
            throw new IllegalStateException("getpid never fails", e);
        }
    }

    /**
     * The two ends of a pipe.
     *
     * @param reading where bytes come out
     * @param writing where bytes go in
     */
    public record Pipe(Descriptor reading, Descriptor writing) {}

    /**
     * A child that ended.
     *
     * @param pid its number
     * @param waitStatus the status word of waitpid(2)
     */
    public record Ended(int pid, int waitStatus) {

        /** What a shell makes of signals: this plus their number. */
        private static final int SIGNALLED_IN_SHELL = 128;

        /** What a shell reports of a process that SIGKILL ended. */
        public static final int KILLED_IN_SHELL = SIGNALLED_IN_SHELL + SIGKILL;

        /** Whether a signal ended it. */
        public boolean signalled() {
            return signal() != 0;
        }

        /** The signal that ended it, or 0. */
        public int signal() {
            return waitStatus & 0x7f;
        }

        /** Its exit status, 0–255. */
        public int exitStatus() {
            return (waitStatus >> 8) & 0xff;
        }

        /** Its exit status, or what a shell would make of the signal that ended it. */
        public int statusInShell() {
            return signalled() ? SIGNALLED_IN_SHELL + signal() : exitStatus();
        }
    }
}
