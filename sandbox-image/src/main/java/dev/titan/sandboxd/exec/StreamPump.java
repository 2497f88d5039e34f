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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads the output of all commands and writes their input. One thread polls all of it, so that a command costs no thread:
 * a sandbox whose processes are used up could not start one.
 */
final class StreamPump {

    /** Linux: the size of a pipe, and so the most one read can find. */
    private static final int READ_BYTES_MAX = 64 * 1024;

    /** Commands watched at once: running ones, and those whose background processes still hold their pipe. */
    static final int COMMANDS_MAX = 512;

    private static final int POLLFD_BYTES = 8;
    private static final short POLLIN = 1;
    private static final short POLLOUT = 4;

    /** poll(2) passes over such a number. */
    private static final int NO_DESCRIPTOR = -1;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<Watched> watched = new ArrayList<>();
    private final Arena arena = Arena.global();
    private final MemorySegment polled = arena.allocate((2L * COMMANDS_MAX + 1) * POLLFD_BYTES, Integer.BYTES);
    private final MemorySegment buffer = arena.allocate(READ_BYTES_MAX);
    private final MemorySegment oneByte = arena.allocate(1);
    private final byte[] bytes = new byte[READ_BYTES_MAX];
    private final LibC.Pipe wakeUp;
    private final Thread pumping = new Thread(this::pumpForever, "sandboxd-streams");

    StreamPump() throws ErrnoException {
        wakeUp = LibC.pipe();
    }

    void begin() {
        pumping.setDaemon(true);
        pumping.start();
    }

    /** Serves the streams of a command until they have ended, and closes them then. */
    void watch(CommandStreams streams, Execution execution) {
        var _ = perform(() -> watched.add(new Watched(streams, execution)));
    }

    /** Does something with streams in the thread they belong to. */
    CompletableFuture<Void> perform(Task task) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        tasks.add(() -> {
            try {
                task.run();
                done.complete(null);
            } catch (ConflictException | RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        try {
            LibC.write(wakeUp.writing(), oneByte);
        } catch (ErrnoException e) {
            throw new IllegalStateException("the pump's own pipe is broken", e);
        }
        return done;
    }

    private void pumpForever() {
        while (!Thread.currentThread().isInterrupted()) {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
            watched.removeIf(command -> command.streams().isClosed());
            int count = Math.min(watched.size(), COMMANDS_MAX);
            prepare(0, wakeUp.reading(), POLLIN);
            for (int index = 0; index < count; index++) {
                CommandStreams streams = watched.get(index).streams();
                prepare(2 * index + 1, streams.output(), POLLIN);
                prepare(2 * index + 2, streams.inputWanted(), POLLOUT);
            }
            if (poll(2 * count + 1)) {
                serve(count);
            }
        }
    }

    private void serve(int count) {
        if (hasNews(0)) {
            read(wakeUp.reading());
        }
        for (int index = 0; index < count; index++) {
            Watched command = watched.get(index);
            if (hasNews(2 * index + 2)) {
                command.streams().write(buffer);
            }
            Descriptor output = command.streams().output();
            if (output != null && hasNews(2 * index + 1)) {
                pass(output, command);
            }
        }
    }

    private void prepare(int slot, @Nullable Descriptor descriptor, short events) {
        long at = (long) slot * POLLFD_BYTES;
        polled.set(JAVA_INT, at, descriptor == null ? NO_DESCRIPTOR : descriptor.number());
        polled.set(JAVA_SHORT, at + 4, events);
        polled.set(JAVA_SHORT, at + 6, (short) 0);
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

    private void pass(Descriptor output, Watched command) {
        int size = read(output);
        if (size > 0) {
            MemorySegment.copy(buffer, JAVA_BYTE, 0, bytes, 0, size);
            command.execution().appeared(bytes, size);
        } else if (size == 0) {
            command.streams().outputEnded();
            command.execution().outputEnded();
        }
    }

    /** Returns the number of bytes read, 0 at the end, -1 to try again. */
    private int read(Descriptor from) {
        try {
            return LibC.read(from, buffer);
        } catch (ErrnoException e) {
            return e.errno() == Errno.EINTR || e.errno() == Errno.EAGAIN ? -1 : 0;
        }
    }

    private record Watched(CommandStreams streams, Execution execution) {}

    /** Something to do with streams. */
    @FunctionalInterface
    interface Task {
        void run() throws ConflictException;
    }
}
