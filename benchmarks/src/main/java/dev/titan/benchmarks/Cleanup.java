package dev.titan.benchmarks;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * What has to be undone, in reverse order, when a run ends: also when it is told to stop (Ctrl-C, SIGTERM). Then the
 * measuring thread is interrupted and waited for first, so that nothing is made any more when everything is removed. What
 * even this misses, a killed run, ends by the short lease of its sandboxes.
 */
final class Cleanup implements AutoCloseable {

    /** A call to an engine may go on for seconds before it notices the interrupt. */
    private static final long STOP_SECONDS_MAX = 15;

    private final Deque<Sampling.Operation> undo = new ArrayDeque<>();
    private final Thread measuring = Thread.currentThread();
    private volatile boolean stopping;
    private volatile boolean cleaning;

    Cleanup() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "bench-cleanup"));
    }

    synchronized void add(Sampling.Operation action) {
        undo.push(action);
    }

    /** Returns whether the program is being ended from outside. */
    boolean isStopping() {
        return stopping;
    }

    /** Undoes everything, once, whatever fails of it. */
    @Override
    public synchronized void close() {
        cleaning = true;
        boolean wasInterrupted = Thread.interrupted(); // the measuring had to end by it, what follows must not
        while (!undo.isEmpty()) {
            try {
                undo.pop().run();
            } catch (Exception e) {
                System.err.println("bench: not cleaned up: " + e);
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop() {
        stopping = true;
        if (!cleaning) {
            measuring.interrupt();
        }
        try {
            measuring.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS_MAX));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }
}
