package dev.titan.sandbox.kubernetes;

import dev.titan.sandbox.client.DaemonLink;
import io.fabric8.kubernetes.client.http.WebSocket;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A link over an {@code exec} into the pod: standard input and output of a tunnel there that is connected to the daemon's
 * socket. Speaks {@code v4.channel.k8s.io}: every message begins with a byte that names its stream.
 */
final class ExecLink implements DaemonLink, WebSocket.Listener {

    private static final byte STDIN = 0;
    private static final byte STDOUT = 1;
    private static final byte STDERR = 2;

    /** How the process ended, as a Status object. */
    private static final byte STATUS = 3;

    /** What one message carries: API servers and what is before them take this much, and less is more messages. */
    private static final int MESSAGE_BYTES = 32 * 1024;

    /** Bytes of the sandbox that wait to be read; with more than this the next message is not asked for. */
    private static final int UNREAD_BYTES_MAX = 256 * 1024;

    /** A tunnel that fails says so in a line. */
    private static final int COMPLAINT_CHARACTERS_MAX = 500;

    /** Between two looks whether a message has left this process, which is a matter of microseconds. */
    private static final long SENT_POLL_NANOS = 20_000;

    private static final int NORMAL_CLOSURE = 1000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Queue<ByteBuffer> unread = new ArrayDeque<>();
    private final StringBuilder complaint = new StringBuilder();
    private int unreadBytes;
    private boolean owesRequest;
    private @Nullable String end;
    private volatile @Nullable WebSocket socket;
    private volatile boolean closed;
    private final Consumer<ExecLink> whenClosed;

    /** @param whenClosed hears that it was closed by this side */
    ExecLink(Consumer<ExecLink> whenClosed) {
        this.whenClosed = whenClosed;
    }

    @Override
    public void send(ByteBuffer bytes, long deadlineNanos) throws IOException {
        WebSocket open = socket;
        if (open == null) {
            throw new EOFException("the tunnel is not open");
        }
        while (bytes.hasRemaining()) {
            int size = Math.min(bytes.remaining(), MESSAGE_BYTES);
            ByteBuffer message = ByteBuffer.allocate(1 + size).put(STDIN).put(bytes.slice(bytes.position(), size));
            bytes.position(bytes.position() + size);
            if (!open.send(message.flip())) {
                throw new EOFException("the tunnel takes no more: " + endOr("it was closed"));
            }
            // One message at a time: the JDK's client takes no second one while the first is on its way.
            while (open.queueSize() > 0) {
                failWhenOver(deadlineNanos);
                LockSupport.parkNanos(SENT_POLL_NANOS);
            }
        }
    }

    @Override
    public int receive(ByteBuffer into, long deadlineNanos) throws IOException {
        lock.lock();
        try {
            while (unread.isEmpty()) {
                if (end != null) {
                    throw new EOFException("the tunnel has ended: " + end);
                }
                failWhenOver(deadlineNanos);
                ForkJoinPool.managedBlock(new Arrival(deadlineNanos));
            }
            int count = take(into);
            WebSocket open = socket;
            if (owesRequest && unreadBytes < UNREAD_BYTES_MAX && open != null) {
                owesRequest = false;
                open.request();
            }
            return count;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        over("closed by this side");
        whenClosed.accept(this);
        WebSocket open = socket;
        if (open != null) {
            open.sendClose(NORMAL_CLOSURE, "done");
        }
    }

    @Override
    public void onOpen(WebSocket webSocket) {
        socket = webSocket;
        if (closed) {
            // Whoever dialled has given up meanwhile.
            close();
        }
    }

    @Override
    public void onMessage(WebSocket webSocket, ByteBuffer message) {
        lock.lock();
        try {
            if (message.remaining() > 1) {
                switch (message.get()) {
                    case STDOUT -> {
                        unread.add(message);
                        unreadBytes += message.remaining();
                        arrived.signal();
                    }
                    case STDERR -> complain(StandardCharsets.UTF_8.decode(message));
                    case STATUS -> over(StandardCharsets.UTF_8.decode(message).toString());
                    default -> over("a stream that was not asked for");
                }
            }
            owesRequest = unreadBytes >= UNREAD_BYTES_MAX;
            if (!owesRequest) {
                webSocket.request();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onClose(WebSocket webSocket, int code, String reason) {
        over("closed with %d %s".formatted(code, reason));
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        over(error.toString());
    }

    private void complain(CharSequence text) {
        complaint.append(text, 0, Math.min(text.length(), COMPLAINT_CHARACTERS_MAX - complaint.length()));
    }

    private void over(String reason) {
        lock.lock();
        try {
            if (end == null) {
                String said =
                        complaint.toString().replaceAll("\\p{Cntrl}+", " ").strip();
                end = (said.isEmpty() ? "" : said + "; ")
                        + reason.replaceAll("\\p{Cntrl}+", " ").strip();
            }
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    private String endOr(String otherwise) {
        lock.lock();
        try {
            return end == null ? otherwise : end;
        } finally {
            lock.unlock();
        }
    }

    private int take(ByteBuffer into) {
        int count = 0;
        for (ByteBuffer next = unread.peek(); next != null && into.hasRemaining(); next = unread.peek()) {
            int size = Math.min(next.remaining(), into.remaining());
            into.put(next.slice(next.position(), size));
            next.position(next.position() + size);
            count += size;
            if (!next.hasRemaining()) {
                unread.remove();
            }
        }
        unreadBytes -= count;
        return count;
    }

    private void failWhenOver(long deadlineNanos) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted();
        }
        if (System.nanoTime() - deadlineNanos >= 0) {
            throw new SocketTimeoutException("the daemon did not answer in time");
        }
    }

    private static InterruptedIOException interrupted() {
        return new InterruptedIOException("interrupted while waiting for the daemon");
    }

    /**
     * A wait that the common pool is told of. The JDK's HTTP client completes its answers there, and on two processors the
     * pool has one thread: whoever waits in it would wait for itself.
     */
    private final class Arrival implements ForkJoinPool.ManagedBlocker {

        private final long deadlineNanos;

        private Arrival(long deadlineNanos) {
            this.deadlineNanos = deadlineNanos;
        }

        @Override
        public boolean block() throws InterruptedException {
            long left = deadlineNanos - System.nanoTime();
            while (left > 0 && !isReleasable()) {
                left = arrived.awaitNanos(left);
            }
            return true;
        }

        @Override
        public boolean isReleasable() {
            return !unread.isEmpty() || end != null;
        }
    }
}
