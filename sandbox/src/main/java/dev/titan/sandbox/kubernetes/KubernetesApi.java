package dev.titan.sandbox.kubernetes;

import dev.titan.contracts.sandbox.SandboxException;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The connection to the API server: made when it is first needed, by the client's own rules. Thread-safe. */
final class KubernetesApi implements AutoCloseable {

    static final int NOT_FOUND = 404;
    static final int CONFLICT = 409;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY_REQUESTS = 429;

    private final Supplier<KubernetesClient> connector;
    private @Nullable KubernetesClient client;
    private boolean closed;

    KubernetesApi() {
        this(() -> new KubernetesClientBuilder().build());
    }

    KubernetesApi(Supplier<KubernetesClient> connector) {
        this.connector = connector;
    }

    /**
     * Asks the API server something.
     *
     * @throws KubernetesClientException with the status, for answers that say something about the objects asked for
     * @throws SandboxException.Unavailable when the server did not answer, is in trouble or is short of quota
     * @throws SandboxException.Refused when it does not let Titan do this
     */
    <T> T ask(Function<KubernetesClient, T> question) {
        try {
            return question.apply(client());
        } catch (KubernetesClientException e) {
            throw translated(e);
        }
    }

    /** Returns the client, whose configuration is read now if it is the first call. */
    synchronized KubernetesClient client() {
        if (closed) {
            throw new SandboxException.Unavailable("the connection to the API server was closed");
        }
        if (client == null) {
            client = connector.get();
        }
        return client;
    }

    private static RuntimeException translated(KubernetesClientException e) {
        int code = e.getCode();
        String message = String.valueOf(e.getMessage());
        if (code == FORBIDDEN && message.contains("exceeded quota")) {
            return new SandboxException.Unavailable("the namespace has no quota left: " + message, e);
        }
        if (code == UNAUTHORIZED || code == FORBIDDEN) {
            return new SandboxException.Refused(
                    "the cluster does not let Titan do this; deploy/kubernetes has the role it needs: " + message);
        }
        if (code >= 500 || code == TOO_MANY_REQUESTS) {
            return new SandboxException.Unavailable("the API server failed: " + message, e);
        }
        // Without a status there was no answer: the client wraps what went wrong on the way.
        return code <= 0 ? new SandboxException.Unavailable("the API server does not answer: " + rootOf(e), e) : e;
    }

    private static Throwable rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.close();
            client = null;
        }
    }
}
