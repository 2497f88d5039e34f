package dev.titan.sandboxd;

import dev.titan.sandboxd.DaemonProcess.Answer;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** As little HTTP as it takes, so that the daemon is tested against the bytes and not against its own library. */
final class RawConnection implements AutoCloseable {

    private static final String HEADER_END = "\r\n\r\n";

    private final SocketChannel channel;
    private final InputStream answers;

    RawConnection(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        answers = new BufferedInputStream(Channels.newInputStream(channel));
    }

    Answer ask(String method, String target, byte[] body) throws IOException {
        String head = "%s %s HTTP/1.1\r\nhost: sandbox\r\ncontent-length: %d%s"
                .formatted(method, target, body.length, HEADER_END);
        send(head.getBytes(StandardCharsets.US_ASCII));
        send(body);
        String header = header();
        int length = Integer.parseInt(field(header, "content-length", "0"));
        return new Answer(
                Integer.parseInt(header.substring(9, 12)),
                field(header, "content-type", ""),
                answers.readNBytes(length));
    }

    private String header() throws IOException {
        StringBuilder header = new StringBuilder();
        while (header.indexOf(HEADER_END) < 0) {
            int next = answers.read();
            if (next < 0) {
                throw new EOFException("the daemon hung up after '%s'".formatted(header));
            }
            header.append((char) next);
        }
        return header.toString();
    }

    private static String field(String header, String name, String absent) {
        return header.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElse(absent);
    }

    private void send(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
