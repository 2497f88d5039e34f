package dev.titan.sandboxd.exec;

import dev.titan.sandboxd.libc.Errno;
import dev.titan.sandboxd.libc.ErrnoException;
import dev.titan.sandboxd.libc.LibC;
import dev.titan.sandboxd.libc.Spawn;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The processes whose parent is the daemon: the commands it started and the orphans it adopted. One thread waits for all
 * of them, so that none stays a zombie, and tells the commands that they have ended.
 */
final class Children {

    /** Without children there is nothing to wait for; an orphan that arrives meanwhile waits this long at most. */
    private static final long IDLE_MS = 1_000;

    private final Map<Integer, Consumer<LibC.Ended>> commands = new HashMap<>();
    private final Semaphore started = new Semaphore(0);
    private final Thread waiting = new Thread(this::waitForever, "sandboxd-children");

    void begin() {
        waiting.setDaemon(true);
        waiting.start();
    }

    /** Starts a command. Its end cannot be missed, however soon it comes. */
    synchronized int start(Spawn spawn, Consumer<LibC.Ended> whenEnded) throws ErrnoException {
        int pid = spawn.start();
        commands.put(pid, whenEnded);
        started.release();
        return pid;
    }

    private void waitForever() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                LibC.Ended ended = LibC.waitForAnyChild();
                commandOf(ended.pid()).accept(ended);
            } catch (ErrnoException e) {
                if (e.errno() == Errno.ECHILD) {
                    idle();
                }
            }
        }
    }

    private synchronized Consumer<LibC.Ended> commandOf(int pid) {
        Consumer<LibC.Ended> command = commands.remove(pid);
        return command == null ? orphan -> {} : command;
    }

    private void idle() {
        try {
            if (started.tryAcquire(IDLE_MS, TimeUnit.MILLISECONDS)) {
                started.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
