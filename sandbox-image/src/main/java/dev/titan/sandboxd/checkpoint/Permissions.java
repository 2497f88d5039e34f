package dev.titan.sandboxd.checkpoint;

import dev.titan.sandboxd.libc.Descriptor;
import dev.titan.sandboxd.libc.ErrnoException;
import dev.titan.sandboxd.libc.FileStat;
import dev.titan.sandboxd.libc.OpenFlag;
import dev.titan.sandboxd.libc.RawFiles;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Files and directories that their owner, who runs the daemon, has closed to himself: opened for as long as they are
 * looked at, and closed again in the end.
 */
final class Permissions implements AutoCloseable {

    private static final int READ = 0400;
    private static final int READ_AND_ENTER = 0500;

    private final RawFiles raw;
    private final Deque<Changed> changed = new ArrayDeque<>();

    Permissions(RawFiles raw) {
        this.raw = raw;
    }

    Descriptor openDirectory(Descriptor parent, String name, FileStat stat) throws ErrnoException {
        if ((stat.mode() & READ_AND_ENTER) != READ_AND_ENTER) {
            open(parent, name, stat.mode(), READ_AND_ENTER);
        }
        return raw.open(parent, name, OpenFlag.READ_ONLY | OpenFlag.DIRECTORY, 0);
    }

    /** Not blocking, because opening a pipe nobody writes to would wait for ever. */
    Descriptor openFile(Descriptor parent, String name, FileStat stat) throws ErrnoException {
        if ((stat.mode() & READ) != READ) {
            open(parent, name, stat.mode(), READ);
        }
        return raw.open(parent, name, OpenFlag.READ_ONLY | OpenFlag.NON_BLOCKING, 0);
    }

    private void open(Descriptor parent, String name, int mode, int needed) throws ErrnoException {
        Descriptor closed = raw.open(parent, name, OpenFlag.PATH, 0);
        changed.push(new Changed(closed, mode));
        raw.chmod(closed, mode | needed);
    }

    @Override
    public void close() {
        for (Changed one : changed) {
            try (Descriptor opened = one.opened()) {
                raw.chmod(opened, one.mode());
            } catch (ErrnoException e) {
                // Removed meanwhile: nothing is left to close.
                assert e.errno() != 0;
            }
        }
    }

    private record Changed(Descriptor opened, int mode) {}
}
