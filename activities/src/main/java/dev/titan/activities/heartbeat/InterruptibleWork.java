package dev.titan.activities.heartbeat;

/** Interrupts the thread that made it, but only until it is closed: a pooled thread must not carry the flag away. */
final class InterruptibleWork implements AutoCloseable {

    private final Thread worker = Thread.currentThread();
    private boolean open = true;
    private boolean interrupted;

    synchronized void interrupt() {
        if (open) {
            interrupted = true;
            worker.interrupt();
        }
    }

    @Override
    public synchronized void close() {
        open = false;
        if (interrupted) {
            Thread.interrupted();
        }
    }
}
