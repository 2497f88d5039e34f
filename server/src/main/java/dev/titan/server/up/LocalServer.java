package dev.titan.server.up;

import dev.titan.cli.ServerStarter;
import dev.titan.dev.home.TitanHome;
import dev.titan.server.role.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** The server that {@code titan run} starts for the length of one task when none answers. */
public final class LocalServer implements ServerStarter {

    private static final int PORT = 3000;

    /** The first start makes two databases. */
    private static final Duration READY_MAX = Duration.ofMinutes(2);

    @Override
    public Running start(Consumer<String> say) {
        var options = new UpOptions(
                List.of(Role.API, Role.WORKER, Role.SANDBOX),
                port(),
                TitanHome.of(System.getenv()).path());
        ServerLaunch launch = ServerLaunch.start(options, System.getenv(), say);
        awaitReady(launch.api());
        return new Running() {
            @Override
            public URI api() {
                return launch.api();
            }

            @Override
            public void close() {
                launch.close();
            }
        };
    }

    /** The usual port, or a free one when something else has it. */
    private static int port() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT));
            return PORT;
        } catch (IOException e) {
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException none) {
                throw new IllegalStateException("no free port on loopback", none);
            }
        }
    }

    private static void awaitReady(URI api) {
        Instant deadline = Instant.now().plus(READY_MAX);
        HttpRequest request = HttpRequest.newBuilder(api.resolve("/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (Instant.now().isBefore(deadline)) {
                try {
                    if (http.send(request, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200) {
                        return;
                    }
                } catch (IOException e) {
                    // Not listening yet; the deadline ends the waiting.
                }
                Thread.sleep(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the server started", e);
        }
        throw new IllegalStateException("The server is not ready after %s; see its log.".formatted(READY_MAX));
    }
}
