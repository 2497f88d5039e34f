package dev.titan.sandbox.client;

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

/** A link over the daemon's unix socket, which lies in a directory of this host. */
final class UnixSocketLink implements DaemonLink {

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;

    private UnixSocketLink(SocketChannel channel, Selector selector, SelectionKey key) {
        this.channel = channel;
        this.selector = selector;
        this.key = key;
    }

    /**
     * Connects. The sandbox can write to the socket's directory until that is sealed, so a symlink is not followed, and a
     * server that runs as root is not the daemon: it could be an engine's socket that was put in its place.
     */
    static UnixSocketLink open(Path socket, PeerRule rule) throws IOException {
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
            return new UnixSocketLink(channel, selector, channel.register(selector, SelectionKey.OP_READ));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void send(ByteBuffer bytes, long deadlineNanos) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(SelectionKey.OP_WRITE, deadlineNanos);
            }
        }
    }

    @Override
    public int receive(ByteBuffer into, long deadlineNanos) throws IOException {
        await(SelectionKey.OP_READ, deadlineNanos);
        return channel.read(into);
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
