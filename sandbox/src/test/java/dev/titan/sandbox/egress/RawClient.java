package dev.titan.sandbox.egress;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** A client that sends what it is told, right or wrong. */
final class RawClient implements AutoCloseable {

    private final SocketChannel channel;

    RawClient(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    /** Sends lines and the empty line that ends a head. */
    RawClient send(String... lines) throws IOException {
        return sendText(String.join("\r\n", lines) + "\r\n\r\n");
    }

    RawClient sendText(String text) throws IOException {
        return sendBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    RawClient sendBytes(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        return this;
    }

    /** Reads up to and with a text. */
    String readTo(String end) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (!read.toString(StandardCharsets.ISO_8859_1).endsWith(end)) {
            one.clear();
            if (channel.read(one) < 0) {
                throw new IOException("it ended after: " + read.toString(StandardCharsets.UTF_8));
            }
            read.write(one.array(), 0, 1);
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    byte[] readBytes(int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // until it is full, or the other side ends
        }
        return java.util.Arrays.copyOf(buffer.array(), buffer.position());
    }

    /** Reads until the other side ends, be it by cutting. */
    byte[] readAllBytes() throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        try {
            while (channel.read(buffer.clear()) >= 0) {
                read.write(buffer.array(), 0, buffer.position());
            }
        } catch (IOException reset) {
            // It was cut while something was on its way.
        }
        return read.toByteArray();
    }

    String readAll() throws IOException {
        return new String(readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Returns what a TLS client sends first; an empty name is none. */
    static byte[] clientHello(String name) throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine();
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        List<SNIServerName> names = name.isEmpty() ? List.of() : List.of(new SNIHostName(name));
        parameters.setServerNames(names);
        engine.setSSLParameters(parameters);
        ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), hello);
        return java.util.Arrays.copyOf(hello.array(), hello.position());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
