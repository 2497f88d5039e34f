package dev.titan.benchmarks.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A container as anybody would start one, in which commands run by {@code exec}, as other backends do it. */
public final class PlainContainer implements AutoCloseable {

    /** What the base image of sandboxes is made from, so it is there. */
    static final String IMAGE = "debian:bookworm-slim";

    /** It ends by itself, should nobody end it. */
    private static final String SECONDS_MAX = "600";

    private final DockerHttpClient transport;
    private final DockerClient docker;
    private final String id;
    private final AtomicBoolean closed = new AtomicBoolean();

    private PlainContainer(DockerHttpClient transport, DockerClient docker, String id) {
        this.transport = transport;
        this.docker = docker;
        this.id = id;
    }

    /** Starts one. */
    public static PlainContainer start() throws IOException {
        DefaultDockerClientConfig config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withApiVersion(RemoteApiVersion.unknown())
                .build();
        DockerHttpClient transport = new ApacheDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .build();
        try {
            DockerClient docker = DockerClientImpl.getInstance(config, transport);
            String id = docker.createContainerCmd(IMAGE)
                    .withHostConfig(new HostConfig()
                            .withNetworkMode("none")
                            .withAutoRemove(true)
                            .withInit(true))
                    .withCmd("sleep", SECONDS_MAX)
                    .exec()
                    .getId();
            docker.startContainerCmd(id).exec();
            return new PlainContainer(transport, docker, id);
        } catch (RuntimeException e) {
            transport.close();
            throw e;
        }
    }

    /** Runs {@code true} in it, with the three calls that it takes to know the exit status. */
    public void execTrue() throws InterruptedException {
        String exec = docker.execCreateCmd(id)
                .withCmd("true")
                .withAttachStdout(true)
                .withAttachStderr(true)
                .exec()
                .getId();
        docker.execStartCmd(exec).exec(new ResultCallback.Adapter<Frame>()).awaitCompletion();
        Long status = docker.inspectExecCmd(exec).exec().getExitCodeLong();
        if (status == null || status != 0) {
            throw new IllegalStateException("true ended with " + status);
        }
    }

    /** Ends it; harmless when it is ended. */
    @Override
    public void close() throws IOException {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try (transport) {
            docker.removeContainerCmd(id).withForce(true).exec();
        } catch (NotFoundException gone) {
            // It has ended by itself.
        }
    }
}
