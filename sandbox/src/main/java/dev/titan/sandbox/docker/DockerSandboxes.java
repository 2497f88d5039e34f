package dev.titan.sandbox.docker;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Version;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.sandbox.HostId;
import dev.titan.sandbox.Readiness;
import dev.titan.sandbox.SandboxProvider;
import dev.titan.sandbox.SandboxSpec;
import dev.titan.sandbox.SandboxdDistribution;
import dev.titan.sandbox.TitanHome;
import dev.titan.sandbox.client.Workspaces;
import dev.titan.sandbox.directory.SandboxDirectories;
import dev.titan.sandbox.directory.SandboxDirectory;
import dev.titan.sandbox.directory.SandboxRecord;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sandboxes as containers of the Docker engine of this host. */
public final class DockerSandboxes implements SandboxProvider {

    private static final Logger LOG = LoggerFactory.getLogger(DockerSandboxes.class);

    private final SandboxdDistribution daemon;
    private final DockerEngine engine;
    private final SandboxImage image;
    private final SandboxContainers containers;
    private final SandboxDirectories directories;
    private final Workspaces workspaces;

    /**
     * Asks nobody: an engine that is down is found out by {@link #probe()}.
     *
     * @param settings engine and image
     * @param home where the places of sandboxes are; for the engine and for Titan under the same path
     * @param host this host
     * @param daemon the daemon that is mounted into each container
     */
    public DockerSandboxes(DockerSettings settings, TitanHome home, HostId host, SandboxdDistribution daemon) {
        this.daemon = daemon;
        this.engine = new DockerEngine(settings);
        this.image = new SandboxImage(engine, settings.image());
        this.containers = new SandboxContainers(engine, host);
        this.directories = new SandboxDirectories(home, host, name());
        this.workspaces = new Workspaces(directories, containers::goneBecause);
    }

    @Override
    public String name() {
        return "docker";
    }

    @Override
    public String isolation() {
        return "container";
    }

    @Override
    public Set<Unenforced> unenforced() {
        return Set.of();
    }

    @Override
    public Readiness probe() {
        try {
            Version version = engine.ask(docker -> docker.versionCmd().exec());
            return new Readiness.Ready("Docker %s".formatted(version.getVersion()));
        } catch (SandboxException e) {
            return new Readiness.Missing(
                    "no container engine answers at %s: %s".formatted(engine.address(), e.getMessage()), remedyFor(e));
        }
    }

    @Override
    public void prepare(Consumer<String> progress) {
        daemon.directory();
        image.require(progress);
    }

    @Override
    public Workspace create(SandboxSpec spec) {
        prepare(line -> LOG.info("{}", line));
        SandboxDirectory directory = directories.prepare(spec);
        HostConfig shape = ContainerShape.of(
                spec.limits(),
                daemon.directory(),
                directory.socketDirectory(),
                Runtime.getRuntime().availableProcessors());
        return switch (run(spec, shape)) {
            case SandboxContainers.Running.Adopted() -> workspaces.awaitStart(spec.id());
            case SandboxContainers.Running.Started(StartupOutput output) -> awaitStart(spec.id(), output);
        };
    }

    private SandboxContainers.Running run(SandboxSpec spec, HostConfig shape) {
        try {
            try {
                return containers.require(spec, image.name(), shape);
            } catch (NotFoundException imageGone) {
                image.forget();
                prepare(line -> LOG.info("{}", line));
                return containers.require(spec, image.name(), shape);
            }
        } catch (DockerException e) {
            destroy(spec.id());
            throw new SandboxException.Refused("the engine refuses the container: " + e.getMessage());
        } catch (SandboxException.Refused e) {
            destroy(spec.id());
            throw e;
        }
    }

    /** A sandbox that did not come up is removed, so that a repeat starts afresh. */
    private Workspace awaitStart(SandboxId id, StartupOutput output) {
        try (output) {
            return workspaces.awaitStart(id);
        } catch (SandboxException.Lost ended) {
            destroy(id);
            throw new SandboxException.Refused(
                    "the daemon does not start in image %s: %s (%s). The image must be based on glibc, which Alpine is not, and made for this host's CPU"
                            .formatted(image.name(), output.firstWords(), ended.getMessage()));
        } catch (SandboxException.Unavailable late) {
            destroy(id);
            throw late;
        } catch (IOException e) {
            throw new SandboxException.Unavailable("cannot close the output of sandbox " + id, e);
        }
    }

    @Override
    public Workspace connect(SandboxId id) {
        return workspaces.connect(id);
    }

    @Override
    public void destroy(SandboxId id) {
        workspaces.forget(id);
        containers.remove(id);
        directories.remove(id);
    }

    @Override
    public List<SandboxId> list() {
        return Stream.concat(directories.list().stream().map(SandboxRecord::id), containers.list().stream())
                .distinct()
                .toList();
    }

    @Override
    public void renew(SandboxId id) {
        workspaces.renew(id);
    }

    @Override
    public void close() {
        workspaces.close();
        try {
            engine.close();
        } catch (IOException e) {
            LOG.warn("The connection to the container engine did not close", e);
        }
    }

    private static String remedyFor(SandboxException e) {
        if (String.valueOf(e.getMessage()).contains("Permission denied")) {
            return "add this user to the group docker and log in again, or run Titan as root";
        }
        return "install and start Docker (Debian: apt-get install docker.io), or set DOCKER_HOST to the engine's unix socket";
    }
}
