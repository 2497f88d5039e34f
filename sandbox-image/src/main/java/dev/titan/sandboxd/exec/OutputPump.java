package dev.titan.sandboxd.exec;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.titan.sandboxd.libc.Descriptor;
import dev.titan.sandboxd.libc.Errno;
import dev.titan.sandboxd.libc.ErrnoException;
import dev.titan.sandboxd.libc.LibC;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Reads the output of all commands. One thread polls all pipes, so that a command costs no thread: a sandbox whose
 * processes are used up could not start one.
 */
final class OutputPump {

    /** Linux: the size of a pipe, and so the most one read can find. */
    private static final int READ_BYTES_MAX = 64 * 1024;

    /** Pipes watched at once: running commands, and background processes that still hold theirs. */
    static final int PIPES_MAX = 512;

    private static final int POLLFD_BYTES = 8;
    private static final short POLLIN = 1;

    private final Queue<Source> arriving = new ConcurrentLinkedQueue<>();
    private final List<Source> sources = new ArrayList<>();
    private final Arena arena = Arena.global();
    private final MemorySegment polled = arena.allocate((PIPES_MAX + 1L) * POLLFD_BYTES, Integer.BYTES);
    private final MemorySegment buffer = arena.allocate(READ_BYTES_MAX);
    private final MemorySegment oneByte = arena.allocate(1);
    private final byte[] bytes = new byte[READ_BYTES_MAX];
    private final LibC.Pipe wakeUp;
    private final Thread reading = new Thread(this::readForever, "sandboxd-output");

    OutputPump() throws ErrnoException {
        wakeUp = LibC.pipe();
    }

    void begin() {
        reading.setDaemon(true);
        reading.start();
    }

    /** Reads a pipe to its end, and closes it then. */
    void watch(Descriptor pipe, Execution execution) {
        arriving.add(new Source(pipe, execution));
        try {
            LibC.write(wakeUp.writing(), oneByte);
        } catch (ErrnoException e) {
            throw new IllegalStateException("the pump's own pipe is broken", e);
        }
    }

    private void readForever() {
        while (!Thread.currentThread().isInterrupted()) {
            takeIn();
            int count = Math.min(sources.size(), PIPES_MAX);
            prepare(0, wakeUp.reading());
            for (int index = 0; index < count; index++) {
                prepare(index + 1, sources.get(index).pipe());
            }
            if (!poll(count + 1)) {
                continue;
            }
            if (hasNews(0)) {
                read(wakeUp.reading());
            }
            for (int index = count - 1; index >= 0; index--) {
                if (hasNews(index + 1) && !pass(sources.get(index))) {
                    sources.remove(index);
                }
            }
        }
    }

    private void takeIn() {
        for (Source source = arriving.poll(); source != null; source = arriving.poll()) {
            sources.add(source);
        }
    }

    private void prepare(int slot, Descriptor descriptor) {
        polled.set(JAVA_INT, (long) slot * POLLFD_BYTES, descriptor.number());
        polled.set(JAVA_SHORT, (long) slot * POLLFD_BYTES + 4, POLLIN);
        polled.set(JAVA_SHORT, (long) slot * POLLFD_BYTES + 6, (short) 0);
    }

    private boolean hasNews(int slot) {
        return polled.get(JAVA_SHORT, (long) slot * POLLFD_BYTES + 6) != 0;
    }

    private boolean poll(int count) {
        try {
            LibC.poll(polled, count);
            return true;
        } catch (ErrnoException e) {
            return false; // interrupted by a signal, or short of memory for a moment
        }
    }

    /** Returns whether there may be more. */
    private boolean pass(Source source) {
        int size = read(source.pipe());
        if (size > 0) {
            MemorySegment.copy(buffer, JAVA_BYTE, 0, bytes, 0, size);
            source.execution().appeared(bytes, size);
            return true;
        }
        if (size == 0) {
            source.pipe().close();
            source.execution().outputEnded();
            return false;
        }
        return true;
    }

    /** Returns the number of bytes read, 0 at the end, -1 to try again. */
    private int read(Descriptor pipe) {
        try {
            return LibC.read(pipe, buffer);
        } catch (ErrnoException e) {
            return e.errno() == Errno.EINTR || e.errno() == Errno.EAGAIN ? -1 : 0;
        }
    }

    private record Source(Descriptor pipe, Execution execution) {}
}
