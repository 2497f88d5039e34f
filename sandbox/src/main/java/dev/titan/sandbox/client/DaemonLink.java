package dev.titan.sandbox.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/**
 * Bytes to the daemon and back, in order, such as over a socket. Used by one thread at a time; any failure leaves it
 * unusable: the owner closes it. Deadlines count as {@link System#nanoTime()} does; one that passes is a
 * {@link SocketTimeoutException}, an interrupt an {@link InterruptedIOException}.
 */
public interface DaemonLink extends AutoCloseable {

    /** Sends all of {@code bytes}. */
    void send(ByteBuffer bytes, long deadlineNanos) throws IOException;

    /** Waits until bytes are there, puts as many into {@code into} as fit and returns how many; -1 at the end. */
    int receive(ByteBuffer into, long deadlineNanos) throws IOException;

    /** Ends it; never fails, since nothing depends on it any more. */
    @Override
    void close();

    /** Makes links to one daemon. */
    @FunctionalInterface
    interface Dialer {

        /** Returns a new link; while the daemon is only starting this fails. */
        DaemonLink dial() throws IOException;
    }
}
