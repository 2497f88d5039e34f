package dev.titan.sandbox.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A socket that answers each request with the next of given bytes, whatever was asked: what a broken daemon could do. */
final class ScriptedDaemon implements AutoCloseable {

    /** Closes the connection instead of answering. */
    static final String HANG_UP = "";

    private final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    private final Queue<String> replies;

    ScriptedDaemon(Path socket, String... replies) throws IOException {
        this.replies = new ConcurrentLinkedQueue<>(List.of(replies));
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(this::serve);
    }

    static String json(String body) {
        return "HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s".formatted(body.getBytes(UTF_8).length, body);
    }

    private void serve() {
        while (true) {
            try (SocketChannel connection = server.accept()) {
                answer(connection);
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void answer(SocketChannel connection) throws IOException {
        ByteBuffer request = ByteBuffer.allocate(64 * 1024);
        while (connection.read(request.clear()) > 0) {
            String reply = replies.poll();
            if (reply == null || reply.equals(HANG_UP)) {
                return;
            }
            connection.write(ByteBuffer.wrap(reply.getBytes(UTF_8)));
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
