package dev.titan.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient;
import dev.titan.contracts.sandbox.SandboxException;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The connection to the engine: made when it is first needed, with a version of the API both sides know. Thread-safe. */
final class DockerEngine implements Closeable {

    /** Calls to the engine at once: creates and removals of a host, which the engine itself does a few at a time. */
    private static final int CONNECTIONS_MAX = 32;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** Silence of the engine: an image build is quiet for a minute while packages unpack on a loaded host. */
    private static final Duration SILENCE_MAX = Duration.ofMinutes(5);

    /** The newest API that docker-java names; engines from 20.10 (1.41) on are known to work. */
    private static final RemoteApiVersion API_NEWEST = RemoteApiVersion.VERSION_1_44;

    private static final RemoteApiVersion API_OLDEST = RemoteApiVersion.VERSION_1_41;

    private final DockerSettings settings;
    private @Nullable DockerHttpClient transport;
    private @Nullable DockerClient client;

    DockerEngine(DockerSettings settings) {
        this.settings = settings;
    }

    /**
     * Asks the engine something.
     *
     * @throws DockerException with the status, for answers of the engine other than 5xx
     * @throws SandboxException.Unavailable when the engine did not answer or is in trouble, or this thread was interrupted
     */
    <T> T ask(Function<DockerClient, T> question) {
        try {
            return question.apply(client());
        } catch (DockerException e) {
            if (e.getHttpStatus() >= 500) {
                throw new SandboxException.Unavailable("the container engine failed: " + e.getMessage(), e);
            }
            throw e;
        } catch (SandboxException e) {
            throw e;
        } catch (CancellationException e) {
            // What the transport says to a thread that was interrupted before, which it stays, and when it is closed
            // meanwhile.
            throw new SandboxException.Unavailable("the call to the container engine was interrupted", e);
        } catch (RuntimeException e) {
            // The transport wraps what goes wrong on the socket into plain runtime exceptions.
            if (rootOf(e) instanceof IOException) {
                throw new SandboxException.Unavailable("the container engine does not answer: " + rootOf(e), e);
            }
            throw e;
        }
    }

    /** Returns the address of the engine. */
    String address() {
        return config(RemoteApiVersion.unknown()).getDockerHost().toString();
    }

    private synchronized DockerClient client() {
        if (client == null) {
            DefaultDockerClientConfig unversioned = config(RemoteApiVersion.unknown());
            if (!unversioned.getDockerHost().getScheme().equals("unix")) {
                throw new SandboxException.Refused(
                        "the container engine at %s is not on this host, where its sandboxes have their sockets; use a unix socket"
                                .formatted(unversioned.getDockerHost()));
            }
            DockerHttpClient opened = new ApacheDockerHttpClient.Builder()
                    .dockerHost(unversioned.getDockerHost())
                    .maxConnections(CONNECTIONS_MAX)
                    .connectionTimeout(CONNECT_TIMEOUT)
                    .responseTimeout(SILENCE_MAX)
                    .build();
            transport = opened;
            Version version = DockerClientImpl.getInstance(unversioned, opened)
                    .versionCmd()
                    .exec();
            client = DockerClientImpl.getInstance(config(agreed(version)), opened);
        }
        return client;
    }

    private DefaultDockerClientConfig config(RemoteApiVersion version) {
        DefaultDockerClientConfig.Builder builder =
                DefaultDockerClientConfig.createDefaultConfigBuilder().withApiVersion(version);
        settings.host().ifPresent(builder::withDockerHost);
        return builder.build();
    }

    /** Pins the API: the newest both sides know. An engine that no longer speaks ours gets the oldest it accepts. */
    static RemoteApiVersion agreed(Version engine) {
        RemoteApiVersion newest = RemoteApiVersion.parseConfigWithDefault(engine.getApiVersion());
        RemoteApiVersion oldest = RemoteApiVersion.parseConfigWithDefault(engine.getMinAPIVersion());
        if (API_OLDEST.isGreater(newest)) {
            throw new SandboxException.Refused("the container engine speaks API %s; 1.41 (Docker 20.10) is needed"
                    .formatted(engine.getApiVersion()));
        }
        if (oldest.isGreater(API_NEWEST)) {
            return oldest;
        }
        return newest.isGreater(API_NEWEST) ? API_NEWEST : newest;
    }

    private static Throwable rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    @Override
    public synchronized void close() throws IOException {
        client = null;
        if (transport != null) {
            transport.close();
            transport = null;
        }
    }
}
