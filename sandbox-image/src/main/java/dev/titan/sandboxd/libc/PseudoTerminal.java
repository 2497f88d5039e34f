package dev.titan.sandboxd.libc;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Our end of a terminal, and the name of the other (pty(7)). Nobody's controlling terminal until a program is started on
 * it.
 *
 * @param master what programs print comes out here, what is typed goes in; does not block
 * @param path the end for programs
 */
public record PseudoTerminal(Descriptor master, String path) {

    private static final NativeCall POSIX_OPENPT = NativeCall.of("posix_openpt");
    private static final NativeCall UNLOCKPT = NativeCall.of("unlockpt");
    private static final NativeCall PTSNAME_R = NativeCall.of("ptsname_r");
    private static final NativeCall IOCTL = NativeCall.of("ioctl");
    private static final NativeCall TCGETPGRP = NativeCall.of("tcgetpgrp");

    private static final long TIOCSWINSZ = 0x5414;
    private static final long WINSIZE_BYTES = 8;

    /** Linux: {@code /dev/pts/} and a number. */
    private static final int PATH_BYTES_MAX = 64;

    /** Opens a new one. Its other end belongs to our user already, since that is how Linux makes it. */
    public static PseudoTerminal open() throws ErrnoException {
        Descriptor master = new Descriptor(POSIX_OPENPT.invoke(OpenFlag.READ_WRITE
                | OpenFlag.NO_CONTROLLING_TERMINAL
                | OpenFlag.NON_BLOCKING
                | OpenFlag.CLOSE_ON_EXEC));
        try (Arena arena = Arena.ofConfined()) {
            UNLOCKPT.invoke(master.number());
            MemorySegment path = arena.allocate(PATH_BYTES_MAX);
            PTSNAME_R.invokePosix(master.number(), path.address(), PATH_BYTES_MAX);
            return new PseudoTerminal(master, path.getString(0));
        } catch (ErrnoException e) {
            master.close();
            throw e;
        }
    }

    /** Says how large it is; programs in its foreground get SIGWINCH. */
    public void resize(int columns, int rows) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(WINSIZE_BYTES, Short.BYTES);
            size.setAtIndex(JAVA_SHORT, 0, (short) rows);
            size.setAtIndex(JAVA_SHORT, 1, (short) columns);
            IOCTL.invoke(master.number(), TIOCSWINSZ, size.address());
        }
    }

    /** Returns the process group in its foreground. */
    public int foregroundGroup() throws ErrnoException {
        return TCGETPGRP.invoke(master.number());
    }
}
