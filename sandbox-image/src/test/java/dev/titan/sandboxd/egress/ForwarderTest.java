package dev.titan.sandboxd.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForwarderTest {

    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    @TempDir
    Path directory = Path.of("");

    @AfterEach
    void stop() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Test
    void carriesBytesBothWaysHoweverMany() throws Exception {
        byte[] much = "0123456789abcdef".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        int port = Forwarder.listen(loop, new Egress(0, directory));
        try (ServerSocketChannel proxy = proxy();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    out.write(much);
                    out.flush();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(socket.getInputStream().readNBytes(much.length)).isEqualTo(much);
            sender.join();
            assertThat(proxy.isOpen()).isTrue();
        }
    }

    @Test
    void saysThatTheProxyIsAwayAndFindsItWhenItIsBack() throws Exception {
        int port = Forwarder.listen(loop, new Egress(0, directory));
        assertThat(ask(port)).startsWith("HTTP/1.1 503").endsWith("Try again in a while.\n");

        try (ServerSocketChannel proxy = proxy()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write('x');
                assertThat(socket.getInputStream().read()).isEqualTo('x');
            }
            assertThat(proxy.isOpen()).isTrue();
        }
    }

    @Test
    void holdsABoundedNumberOfConnections() throws Exception {
        int port = Forwarder.listen(loop, new Egress(0, directory));
        List<Socket> sockets = new ArrayList<>();
        try (ServerSocketChannel proxy = proxy()) {
            for (int i = 0; i < 128; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                sockets.add(socket);
                socket.getOutputStream().write('x');
                assertThat(socket.getInputStream().read()).isEqualTo('x');
            }
            try (Socket oneTooMany = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(oneTooMany.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(proxy.isOpen()).isTrue();
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void givesCommandsTheVariablesOfTheHost() throws IOException {
        Egress egress = new Egress(0, directory);
        assertThat(EgressVariables.of(egress)).isEmpty();

        Files.writeString(directory.resolve("environment"), "http_proxy=http://x:1\nA=b=c\nnonsense\n");

        assertThat(EgressVariables.of(egress)).isEqualTo(Map.of("http_proxy", "http://x:1", "A", "b=c"));
    }

    private static String ask(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                InputStream in = socket.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private ServerSocketChannel proxy() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(directory.resolve("p")), 200);
        Thread.ofPlatform().daemon().start(() -> {
            try {
                while (server.isOpen()) {
                    SocketChannel channel = server.accept();
                    Thread.ofPlatform().daemon().start(() -> sendBack(channel));
                }
            } catch (IOException closed) {
                // The test is over.
            }
        });
        return server;
    }

    private static void sendBack(SocketChannel channel) {
        try (channel) {
            Channels.newInputStream(channel).transferTo(Channels.newOutputStream(channel));
        } catch (IOException cut) {
            // The test is over.
        }
    }
}
