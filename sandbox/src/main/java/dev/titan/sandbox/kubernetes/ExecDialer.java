package dev.titan.sandbox.kubernetes;

import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.sandbox.SandboxShape;
import dev.titan.sandbox.client.DaemonLink;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Opens tunnels to the daemons: an {@code exec} each, so what starts in the pod is a process of its own, with 0.1 s of a
 * processor and 60 MB, half of them shared with the daemon. Connections are kept, so a sandbox has as many as it is asked
 * at once.
 */
final class ExecDialer implements AutoCloseable {

    /** API server, kubelet and runtime together take about 0.1 s; generous, because a loaded node delays everything. */
    private static final Duration OPEN_MAX = Duration.ofSeconds(10);

    private static final List<String> COMMAND = List.of(
            SandboxShape.DAEMON_DIRECTORY + "/bin/titan-sandboxd",
            "--tunnel",
            SandboxShape.SOCKET_DIRECTORY + "/" + SandboxShape.SOCKET_NAME);

    private final KubernetesApi api;
    private final String namespace;
    private final Set<ExecLink> links = ConcurrentHashMap.newKeySet();

    ExecDialer(KubernetesApi api, String namespace) {
        this.api = api;
        this.namespace = namespace;
    }

    /** Returns what dials the daemon of a sandbox. */
    DaemonLink.Dialer to(SandboxId id) {
        return () -> dial(id);
    }

    private DaemonLink dial(SandboxId id) throws IOException {
        KubernetesClient client = api.client();
        ExecLink link = new ExecLink(links::remove);
        links.add(link);
        boolean open = false;
        try {
            WebSocket _ = client.getHttpClient()
                    .newWebSocketBuilder()
                    .uri(uri(client, id))
                    .subprotocol("v4.channel.k8s.io")
                    .buildAsync(link)
                    .get(OPEN_MAX.toSeconds(), TimeUnit.SECONDS);
            open = true;
            return link;
        } catch (ExecutionException e) {
            throw new IOException("no exec into the pod: " + because(e), e);
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("no exec into the pod within " + OPEN_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while opening an exec into the pod");
        } finally {
            if (!open) {
                link.close();
            }
        }
    }

    private URI uri(KubernetesClient client, SandboxId id) {
        String command = COMMAND.stream()
                .map(word -> "command=" + URLEncoder.encode(word, StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return URI.create("%sapi/v1/namespaces/%s/pods/%s/exec?container=%s&stdin=true&stdout=true&stderr=true&%s"
                .formatted(client.getMasterUrl(), namespace, id, PodShape.CONTAINER, command));
    }

    /** Closes every link, also those that somebody waits on. */
    @Override
    public void close() {
        links.forEach(ExecLink::close);
    }

    private static String because(ExecutionException failure) {
        return failure.getCause() instanceof WebSocketHandshakeException refused && refused.getResponse() != null
                ? "HTTP %d".formatted(refused.getResponse().code())
                : String.valueOf(failure.getCause());
    }
}
