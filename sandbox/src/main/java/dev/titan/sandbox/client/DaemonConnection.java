package dev.titan.sandbox.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/** One connection to the daemon, for one request at a time. Any failure leaves it unusable: the owner closes it. */
final class DaemonConnection implements AutoCloseable {

    /** Above the size of most answers, so that they arrive in one read. */
    private static final int READ_BYTES = 32 * 1024;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final ByteBuffer input = ByteBuffer.allocate(READ_BYTES);
    private boolean reusable = true;

    private DaemonConnection(SocketChannel channel, Selector selector, SelectionKey key) {
        this.channel = channel;
        this.selector = selector;
        this.key = key;
    }

    /**
     * Connects. The sandbox can write to the socket's directory until that is sealed, so a symlink is not followed, and a
     * server that runs as root is not the daemon: it could be an engine's socket that was put in its place.
     */
    static DaemonConnection open(Path socket, PeerRule rule) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(socket, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isOther()) {
            throw new MisbehaviourException("%s is not a socket any more".formatted(socket));
        }
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            if (!rule.allows(
                    channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user())) {
                throw new MisbehaviourException("%s is served by root, which no sandbox's daemon is".formatted(socket));
            }
            channel.configureBlocking(false);
            Selector selector = Selector.open();
            return new DaemonConnection(channel, selector, channel.register(selector, SelectionKey.OP_READ));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    HttpReply exchange(HttpRequest request) throws IOException {
        long deadline = System.nanoTime() + request.timeout().toNanos();
        reusable = false;
        write(ByteBuffer.wrap(request.head()), deadline);
        write(ByteBuffer.wrap(request.body()), deadline);
        ReplyParser parser = new ReplyParser(request.answerBytesMax());
        @Nullable HttpReply reply = null;
        while (reply == null) {
            await(SelectionKey.OP_READ, deadline);
            input.clear();
            if (channel.read(input) < 0) {
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
        try (channel;
                selector) {
            key.cancel();
        } catch (IOException e) {
            // A socket that fails to close is closed all the same; nothing depends on it any more.
        }
    }

    private void write(ByteBuffer bytes, long deadline) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(SelectionKey.OP_WRITE, deadline);
            }
        }
    }

    private void await(int operation, long deadline) throws IOException {
        key.interestOps(operation);
        long millis = (deadline - System.nanoTime() + 999_999) / 1_000_000;
        boolean isReady = millis > 0 && selector.select(millis) > 0;
        selector.selectedKeys().clear();
        if (!isReady) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted while waiting for the daemon");
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new SocketTimeoutException("the daemon did not answer in time");
            }
        }
    }
}
