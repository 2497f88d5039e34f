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

    /** Hears the signals of this process from now on, for the thread that calls. */
    static CtrlC heard() {
        CtrlC ctrlC =
                new CtrlC(Thread.currentThread(), () -> Runtime.getRuntime().halt(KILLED_BY_SIGINT));
        Interrupts.on("INT", ctrlC::press);
        Interrupts.on("TERM", ctrlC::leave);
        Interrupts.on("HUP", ctrlC::leave);
        return ctrlC;
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
