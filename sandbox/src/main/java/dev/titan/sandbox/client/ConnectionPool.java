package dev.titan.sandbox.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/** The connections to one daemon: opened when needed, a few kept for the next request. Thread-safe. */
final class ConnectionPool implements AutoCloseable {

    /** A task has at most this many steps in parallel; more connections than that are opened and not kept. */
    private static final int IDLE_MAX = 4;

    private final DaemonLink.Dialer dialer;
    private final ArrayBlockingQueue<DaemonConnection> idle = new ArrayBlockingQueue<>(IDLE_MAX);
    private volatile boolean closed;

    ConnectionPool(DaemonLink.Dialer dialer) {
        this.dialer = dialer;
    }

    /**
     * Sends a request. One that fails on a kept connection, which the daemon may have closed meanwhile, is sent again on a
     * new one; that is safe because every request that changes something carries a journal key or may be repeated.
     */
    HttpReply exchange(HttpRequest request) throws IOException {
        @Nullable DaemonConnection kept = idle.poll();
        if (kept != null) {
            try {
                return exchange(kept, request);
            } catch (MisbehaviourException | InterruptedIOException e) {
                throw e;
            } catch (IOException stale) {
                discardIdle();
            }
        }
        return exchange(new DaemonConnection(dialer.dial()), request);
    }

    private HttpReply exchange(DaemonConnection connection, HttpRequest request) throws IOException {
        boolean kept = false;
        try {
            HttpReply reply = connection.exchange(request);
            kept = connection.isReusable() && !closed && idle.offer(connection);
            return reply;
        } finally {
            if (!kept) {
                connection.close();
            }
        }
    }

    private void discardIdle() {
        for (DaemonConnection connection = idle.poll(); connection != null; connection = idle.poll()) {
            connection.close();
        }
    }

    /** Closes the kept connections; one that is in use is closed after its request. */
    @Override
    public void close() {
        closed = true;
        discardIdle();
    }
}
