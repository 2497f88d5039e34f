package dev.titan.cli;

/**
 * What Ctrl-C does while a task is watched. Once: the task is cancelled and shown to its end. Twice: the command leaves.
 * A third time it ends as it stands. Before there is a task the first press leaves. Thread-safe.
 */
final class CtrlC {

    /** POSIX shells: 128 + SIGINT. */
    private static final int KILLED_BY_SIGINT = 130;

    private final Thread command;
    private final Runnable halt;
    private int presses;
    private Runnable first;

    /** Watches for the thread that runs the command. */
    CtrlC(Thread command) {
        this(command, () -> Runtime.getRuntime().halt(KILLED_BY_SIGINT));
    }

    CtrlC(Thread command, Runnable halt) {
        this.command = command;
        this.halt = halt;
        this.first = command::interrupt;
    }

    /** From now on the first press does this; it may take a while. */
    synchronized void onFirst(Runnable action) {
        first = action;
    }

    /** Ctrl-C was pressed. */
    void press() {
        switch (count()) {
            case 1 -> first().run();
            case 2 -> command.interrupt();
            default -> halt.run();
        }
    }

    /** The process is to end, but nobody asked to end the task: a closed terminal, a stopped machine. */
    void leave() {
        command.interrupt();
    }

    private synchronized int count() {
        return ++presses;
    }

    private synchronized Runnable first() {
        return first;
    }
}
