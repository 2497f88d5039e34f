package dev.titan.sandbox.local;

import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.sandbox.Demand;
import dev.titan.sandbox.HostFact;
import dev.titan.sandbox.HostId;
import dev.titan.sandbox.Launch;
import dev.titan.sandbox.Readiness;
import dev.titan.sandbox.SandboxProvider;
import dev.titan.sandbox.SandboxSpec;
import dev.titan.sandbox.SandboxdDistribution;
import dev.titan.sandbox.TitanHome;
import dev.titan.sandbox.WarmId;
import dev.titan.sandbox.WarmSandboxes;
import dev.titan.sandbox.client.Workspaces;
import dev.titan.sandbox.directory.HostLock;
import dev.titan.sandbox.directory.SandboxDirectories;
import dev.titan.sandbox.directory.SandboxRecord;
import dev.titan.sandbox.disk.WorkDisks;
import dev.titan.sandbox.disk.WorkStorage;
import dev.titan.sandbox.pool.WarmStock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Sandboxes as processes of this host, locked in by bubblewrap. */
public final class LocalSandboxes implements SandboxProvider {

    /** More sandboxes of a pool do not die at once but when the host does. */
    private static final int CLAIMS_MAX = 10;

    private final SandboxdDistribution daemon;
    private final WorkDisks disks;
    private final LocalProbe probe = new LocalProbe();
    private final SandboxDirectories directories;
    private final HostLock lock;
    private final LocalProcesses processes;
    private final Workspaces workspaces;
    private final WarmStock stock;

    /**
     * @param home where the places of sandboxes are, workspaces included
     * @param host this host
     * @param daemon the daemon that is mounted into each sandbox
     */
    public LocalSandboxes(TitanHome home, HostId host, SandboxdDistribution daemon) {
        this(home, host, daemon, WorkStorage.AUTO);
    }

    /**
     * @param home where the places of sandboxes are
     * @param host this host
     * @param daemon the daemon that is mounted into each sandbox
     * @param storage where workspaces are kept; an ordinary user's are in memory
     */
    public LocalSandboxes(TitanHome home, HostId host, SandboxdDistribution daemon, WorkStorage storage) {
        this.disks = new WorkDisks(storage, home.path());
        this.daemon = daemon;
        this.directories = new SandboxDirectories(home, host, name());
        this.lock = new HostLock(home.path().resolve("local.lock"));
        this.processes = new LocalProcesses(directories, host, disks);
        this.workspaces = new Workspaces(directories, processes::goneBecause);
        this.stock = new WarmStock(directories, workspaces, new Making());
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public String isolation() {
        return "process";
    }

    @Override
    public Set<Unenforced> unenforced() {
        Set<Unenforced> unenforced = EnumSet.of(Unenforced.MEMORY, Unenforced.CPUS, Unenforced.PROCESSES);
        switch (HostUser.current()) {
            case ROOT -> ControlGroup.enforceable().forEach(unenforced::remove);
            case ORDINARY ->
                unenforced.addAll(List.of(Unenforced.OWN_USER, Unenforced.WORK_FILES, Unenforced.TMP_PROGRAMS));
        }
        if (LocalProcesses.countsBySandbox()) {
            unenforced.remove(Unenforced.PROCESSES);
        }
        return Set.copyOf(unenforced);
    }

    @Override
    public List<HostFact> facts() {
        return LocalFacts.all(probe.run(), disks);
    }

    @Override
    public Readiness probe() {
        return probe.run();
    }

    @Override
    public void prepare(Consumer<String> progress) {
        daemon.directory();
    }

    @Override
    public Workspace create(SandboxSpec spec) {
        spec.policy().demandOf(this);
        try (Demand.Creation _ = stock.demand().begin()) {
            for (int i = 0; i < CLAIMS_MAX; i++) {
                SandboxRecord record = stock.settle(spec);
                Optional<Workspace> workspace =
                        record.isFromPool() ? stock.begin(record) : Optional.of(start(Launch.of(spec)));
                if (workspace.isPresent()) {
                    return workspace.get();
                }
            }
        }
        throw new SandboxException.Unavailable(
                "every sandbox of the pool was dead; sandbox %s has none".formatted(spec.id()));
    }

    private Workspace start(Launch launch) {
        Bubblewrap bubblewrap = probe.require();
        Path daemonDirectory = daemon.directory();
        boolean started = locked(() -> {
            if (processes.isAlive(launch.id())) {
                return false;
            }
            // What an earlier sandbox of that name has left does not belong to the new one.
            processes.end(launch.id());
            directories.startOver(launch.id());
            processes.start(launch, bubblewrap, daemonDirectory);
            return true;
        });
        try {
            return workspaces.awaitStart(launch.id());
        } catch (SandboxException.Lost e) {
            destroy(launch.id());
            throw new SandboxException.Refused("the daemon does not start under bubblewrap: " + e.getMessage());
        } catch (SandboxException.Unavailable late) {
            if (started) {
                destroy(launch.id());
            }
            throw late;
        }
    }

    @Override
    public Workspace connect(SandboxId id) {
        return workspaces.connect(id);
    }

    @Override
    public void destroy(SandboxId id) {
        if (WarmId.of(id).isPresent() && !directories.withdraw(id)) {
            return;
        }
        workspaces.forget(id);
        locked(() -> {
            processes.end(id);
            directories.remove(id);
            return true;
        });
    }

    @Override
    public List<SandboxId> list() {
        return directories.list().stream().map(SandboxRecord::id).toList();
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
        processes.removeForgottenGroups();
    }

    @Override
    public Optional<WarmSandboxes> pool() {
        return Optional.of(stock);
    }

    @Override
    public void close() {
        workspaces.close();
    }

    private <T> T locked(HostLock.Action<T> action) {
        try {
            return lock.holding(action);
        } catch (IOException e) {
            throw new SandboxException.Unavailable("cannot lock the local sandboxes of this host", e);
        }
    }

    /** How the pool makes them. */
    private final class Making implements WarmStock.Maker {

        @Override
        public List<String> making() {
            return List.of(name(), daemon.directory().toString());
        }

        @Override
        public void start(Launch launch) {
            LocalSandboxes.this.start(launch);
        }

        @Override
        public Optional<String> goneBecause(SandboxId id) {
            return processes.goneBecause(id);
        }

        @Override
        public void end(SandboxId id) {
            destroy(id);
        }
    }
}
