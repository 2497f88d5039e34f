package dev.titan.sandbox.docker;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.Version;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.sandbox.Demand;
import dev.titan.sandbox.HostFact;
import dev.titan.sandbox.HostId;
import dev.titan.sandbox.Isolation;
import dev.titan.sandbox.Launch;
import dev.titan.sandbox.Readiness;
import dev.titan.sandbox.SandboxProvider;
import dev.titan.sandbox.SandboxSpec;
import dev.titan.sandbox.SandboxdDistribution;
import dev.titan.sandbox.TitanHome;
import dev.titan.sandbox.WarmId;
import dev.titan.sandbox.WarmSandboxes;
import dev.titan.sandbox.client.Workspaces;
import dev.titan.sandbox.directory.SandboxDirectories;
import dev.titan.sandbox.directory.SandboxDirectory;
import dev.titan.sandbox.directory.SandboxRecord;
import dev.titan.sandbox.disk.WorkDisk;
import dev.titan.sandbox.disk.WorkDisks;
import dev.titan.sandbox.disk.WorkStorage;
import dev.titan.sandbox.pool.WarmStock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sandboxes as containers of the Docker engine of this host. */
public final class DockerSandboxes implements SandboxProvider {

    private static final Logger LOG = LoggerFactory.getLogger(DockerSandboxes.class);

    /** More sandboxes of a pool do not die at once but when the engine does, which is another failure. */
    private static final int CLAIMS_MAX = 10;

    private final DockerSettings settings;
    private final WorkDisks disks;
    private final SandboxdDistribution daemon;
    private final DockerEngine engine;
    private final SandboxImage image;
    private final HostId host;
    private final SandboxContainers containers;
    private final NamedContainers named;
    private final SandboxDirectories directories;
    private final Workspaces workspaces;
    private final WarmStock stock;

    /**
     * Asks nobody: an engine that is down is found out by {@link #probe()}.
     *
     * @param settings engine and image
     * @param home where the places of sandboxes are; for the engine and for Titan under the same path
     * @param host this host
     * @param daemon the daemon that is mounted into each container
     */
    public DockerSandboxes(DockerSettings settings, TitanHome home, HostId host, SandboxdDistribution daemon) {
        this.settings = settings;
        this.disks = new WorkDisks(settings.storage(), home.path());
        this.daemon = daemon;
        this.engine = new DockerEngine(settings);
        this.image = new SandboxImage(engine, settings.image());
        this.host = host;
        this.containers = new SandboxContainers(engine, host);
        this.directories = new SandboxDirectories(home, host, name());
        this.named = new NamedContainers(containers, directories);
        this.workspaces = new Workspaces(directories, named::goneBecause);
        this.stock = new WarmStock(directories, workspaces, new Making());
    }

    @Override
    public String name() {
        return "docker";
    }

    @Override
    public String isolation() {
        return (settings.runtime().equals(Optional.of(DockerSettings.GVISOR)) ? Isolation.KERNEL : Isolation.CONTAINER)
                .label();
    }

    @Override
    public Set<Unenforced> unenforced() {
        return Set.of();
    }

    @Override
    public List<HostFact> facts() {
        try {
            List<HostFact> facts = new ArrayList<>(engine.ask(docker ->
                    new EngineFacts(docker.versionCmd().exec(), docker.infoCmd().exec()).all()));
            facts.add(disks.fact());
            return List.copyOf(facts);
        } catch (SandboxException silent) {
            return List.of();
        }
    }

    @Override
    public Readiness probe() {
        try {
            Version version = engine.ask(docker -> docker.versionCmd().exec());
            Info info = engine.ask(docker -> docker.infoCmd().exec());
            if (settings.runtime()
                    .filter(runtime -> !new EngineFacts(version, info).offers(runtime))
                    .isPresent()) {
                return new Readiness.Missing(
                        "the engine does not offer the runtime "
                                + settings.runtime().get(),
                        "install it and name it in /etc/docker/daemon.json, or ask for less isolation (titan.sandbox.isolation)");
            }
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
        spec.policy().demandOf(this);
        try (Demand.Creation _ = stock.demand().begin()) {
            prepare(line -> LOG.info("{}", line));
            for (int i = 0; i < CLAIMS_MAX; i++) {
                SandboxRecord record = stock.settle(spec);
                Optional<Workspace> workspace = record.isFromPool() ? claim(record) : startOrClear(Launch.of(spec));
                if (workspace.isPresent()) {
                    return workspace.get();
                }
            }
        }
        throw new SandboxException.Unavailable(
                "sandbox %s does not start: whatever was there to begin with was dead".formatted(spec.id()));
    }

    /**
     * Starts a sandbox, or adopts it. In a place that has the sealed socket of one that has died no daemon can start: then it
     * is cleared, and the answer is empty.
     */
    private Optional<Workspace> startOrClear(Launch launch) {
        boolean wasUsed = Files.exists(directories.of(launch.id()).socket(), LinkOption.NOFOLLOW_LINKS);
        try {
            return Optional.of(start(launch));
        } catch (SandboxException.Refused e) {
            if (!wasUsed) {
                throw e;
            }
            LOG.info("What an earlier sandbox {} has left was cleared away: {}", launch.id(), e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Workspace> claim(SandboxRecord record) {
        Optional<Workspace> workspace = stock.begin(record);
        if (workspace.isPresent()) {
            named.renameLater(record);
        }
        return workspace;
    }

    private Workspace start(Launch launch) {
        SandboxDirectory directory = directories.of(launch.id());
        HostConfig shape = ContainerShape.of(
                launch.limits(),
                daemon.directory(),
                directory.socketDirectory(),
                directory.egressDirectory(),
                Runtime.getRuntime().availableProcessors());
        settings.runtime().ifPresent(shape::withRuntime);
        return switch (runWithWorkspace(launch, shape, directory)) {
            case SandboxContainers.Running.Adopted() -> workspaces.awaitStart(launch.id());
            case SandboxContainers.Running.Started(StartupOutput output) -> awaitStart(launch.id(), output);
        };
    }

    /** Where the disk turns out to be none for the engine, such as one that has other processes in sight, memory is used. */
    private SandboxContainers.Running runWithWorkspace(Launch launch, HostConfig shape, SandboxDirectory directory) {
        if (!disks.areUsed()) {
            return run(launch, shape);
        }
        Map<String, String> inMemory = Optional.ofNullable(shape.getTmpFs()).orElse(Map.of());
        List<Mount> mounts = Optional.ofNullable(shape.getMounts()).orElse(List.of());
        try (WorkDisk disk = WorkDisk.make(directory.path(), launch.limits())) {
            return run(launch, ContainerShape.onDisk(shape, disk.device(), SandboxLabels.ofHost(host)));
        } catch (SandboxException.Unavailable e) {
            if (settings.storage() == WorkStorage.DISK || !SandboxContainers.isWithoutDisk(e)) {
                throw e;
            }
            disks.giveUp(String.valueOf(e.getMessage()));
            containers.remove(launch.id());
            return run(launch, shape.withTmpFs(inMemory).withMounts(mounts));
        }
    }

    private SandboxContainers.Running run(Launch launch, HostConfig shape) {
        try {
            try {
                return containers.require(launch, image.name(), shape);
            } catch (NotFoundException imageGone) {
                image.forget();
                prepare(line -> LOG.info("{}", line));
                return containers.require(launch, image.name(), shape);
            }
        } catch (DockerException e) {
            destroy(launch.id());
            throw new SandboxException.Refused("the engine refuses the container: " + e.getMessage());
        } catch (SandboxException.Refused e) {
            destroy(launch.id());
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
        boolean isWarm = WarmId.of(id).isPresent();
        if (isWarm && !directories.withdraw(id)) {
            return;
        }
        workspaces.forget(id);
        named.remove(id);
        directories.remove(id);
    }

    @Override
    public List<SandboxId> list() {
        return Stream.concat(directories.list().stream().map(SandboxRecord::id), containers.list().stream())
                .filter(id -> WarmId.of(id).isEmpty())
                .distinct()
                .toList();
    }

    @Override
    public Instant renew(SandboxId id) {
        return workspaces.renew(id);
    }

    @Override
    public List<SandboxId> expired(Instant now) {
        return directories.expired(now);
    }

    @Override
    public void recover() {
        directories.recover();
        named.recover(this::destroy);
        containers.removeForgotten(Instant.now());
    }

    @Override
    public Optional<WarmSandboxes> pool() {
        return Optional.of(stock);
    }

    @Override
    public void close() {
        named.close();
        workspaces.close();
        try {
            engine.close();
        } catch (IOException e) {
            LOG.warn("The connection to the container engine did not close", e);
        }
    }

    /** How the pool makes containers. */
    private final class Making implements WarmStock.Maker {

        @Override
        public List<String> making() {
            return List.of(
                    name(),
                    image.name(),
                    daemon.directory().toString(),
                    settings.storage().name(),
                    settings.runtime().orElse(""));
        }

        @Override
        public void start(Launch launch) {
            prepare(line -> LOG.info("{}", line));
            DockerSandboxes.this.start(launch);
        }

        @Override
        public Optional<String> goneBecause(SandboxId id) {
            return containers.goneBecause(id);
        }

        @Override
        public void end(SandboxId id) {
            destroy(id);
        }
    }

    private static String remedyFor(SandboxException e) {
        if (String.valueOf(e.getMessage()).contains("Permission denied")) {
            return "add this user to the group docker and log in again, or run Titan as root";
        }
        return "install and start Docker (Debian: apt-get install docker.io), or set DOCKER_HOST to the engine's unix socket";
    }
}
