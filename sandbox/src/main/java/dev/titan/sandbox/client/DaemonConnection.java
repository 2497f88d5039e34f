package dev.titan.sandbox.client;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One connection to the daemon, for one request at a time. Any failure leaves it unusable: the owner closes it. */
final class DaemonConnection implements AutoCloseable {

    /** Above the size of most answers, so that they arrive in one read. */
    private static final int READ_BYTES = 32 * 1024;

    private final DaemonLink link;
    private final ByteBuffer input = ByteBuffer.allocate(READ_BYTES);
    private boolean reusable = true;

    DaemonConnection(DaemonLink link) {
        this.link = link;
    }

    HttpReply exchange(HttpRequest request) throws IOException {
        long deadline = System.nanoTime() + request.timeout().toNanos();
        reusable = false;
        link.send(request.bytes(), deadline);
        ReplyParser parser = new ReplyParser(request.answerBytesMax());
        @Nullable HttpReply reply = null;
        while (reply == null) {
            input.clear();
            if (link.receive(input, deadline) < 0) {
                throw new EOFException("the daemon closed the connection");
            }
            reply = parser.feed(input.flip());
        }
        reusable = parser.keepsAlive();
        return reply;
    }

    /** Returns whether the last exchange left the connection fit for another. */
    boolean isReusable() {
        return reusable;
    }

    @Override
    public void close() {
        link.close();
    }
}
