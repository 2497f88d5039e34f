package dev.titan.sandbox.local;

import static dev.titan.sandbox.SandboxShape.UID;

import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.sandbox.HostId;
import dev.titan.sandbox.Readiness;
import dev.titan.sandbox.SandboxProvider;
import dev.titan.sandbox.SandboxShape;
import dev.titan.sandbox.SandboxSpec;
import dev.titan.sandbox.SandboxdDistribution;
import dev.titan.sandbox.TitanHome;
import dev.titan.sandbox.client.Workspaces;
import dev.titan.sandbox.directory.SandboxDirectories;
import dev.titan.sandbox.directory.SandboxRecord;
import dev.titan.sandbox.seccomp.Processor;
import dev.titan.sandbox.seccomp.SeccompFilter;
import dev.titan.sandbox.seccomp.SeccompProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Sandboxes as processes of this host, locked in by bubblewrap. */
public final class LocalSandboxes implements SandboxProvider {

    /** The kernel ends a sandbox in milliseconds; one that hangs on a broken disk is reported. */
    private static final Duration END_MAX = Duration.ofSeconds(10);

    private static final Duration END_POLL = Duration.ofMillis(5);

    /** Enough of the log to tell why a daemon ended; the log is untrusted. */
    private static final int LOG_CHARACTERS_MAX = 300;

    private final SandboxdDistribution daemon;
    private final LocalProbe probe = new LocalProbe();
    private final SandboxDirectories directories;
    private final CreationLock lock;
    private final Workspaces workspaces;

    /**
     * @param home where the places of sandboxes are, workspaces included
     * @param host this host
     * @param daemon the daemon that is mounted into each sandbox
     */
    public LocalSandboxes(TitanHome home, HostId host, SandboxdDistribution daemon) {
        this.daemon = daemon;
        this.directories = new SandboxDirectories(home, host, name());
        this.lock = new CreationLock(home.path().resolve("local.lock"));
        this.workspaces = new Workspaces(directories, this::goneBecause);
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
        Set<Unenforced> unenforced =
                EnumSet.of(Unenforced.MEMORY, Unenforced.CPUS, Unenforced.PROCESSES, Unenforced.WORK_BYTES);
        switch (HostUser.current()) {
            case ROOT -> ControlGroup.enforceable().forEach(unenforced::remove);
            case ORDINARY -> unenforced.add(Unenforced.OWN_USER);
        }
        if (countsProcessesBySandbox()) {
            unenforced.remove(Unenforced.PROCESSES);
        }
        return Set.copyOf(unenforced);
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
        Bubblewrap bubblewrap = probe.require();
        Path daemonDirectory = daemon.directory();
        boolean started = locked(() -> {
            LocalDirectory directory = new LocalDirectory(directories.prepare(spec));
            if (Anchor.read(directory.anchor()).filter(Anchor::isAlive).isPresent()) {
                return false;
            }
            // What an earlier sandbox of that name has left does not belong to the new one.
            end(spec.id());
            directories.remove(spec.id());
            directories.prepare(spec);
            launch(directory, bubblewrap.sandbox(directory, daemonDirectory, spec.limits(), command(spec)), spec);
            return true;
        });
        try {
            return workspaces.awaitStart(spec.id());
        } catch (SandboxException.Lost e) {
            destroy(spec.id());
            throw new SandboxException.Refused("the daemon does not start under bubblewrap: " + e.getMessage());
        } catch (SandboxException.Unavailable late) {
            if (started) {
                destroy(spec.id());
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
        workspaces.forget(id);
        locked(() -> {
            end(id);
            directories.remove(id);
            return true;
        });
    }

    @Override
    public List<SandboxId> list() {
        return directories.list().stream().map(SandboxRecord::id).toList();
    }

    @Override
    public void renew(SandboxId id) {
        workspaces.renew(id);
    }

    @Override
    public void close() {
        workspaces.close();
    }

    /** Limits that need no control group, set inside, where the sandbox cannot raise them again. */
    private static List<String> command(SandboxSpec spec) {
        List<String> command = new ArrayList<>(List.of("/usr/bin/prlimit", "--core=0:0"));
        command.add("--nofile=%d:%d"
                .formatted(spec.limits().openFilesMax(), spec.limits().openFilesMax()));
        command.add("--fsize=%d:%d"
                .formatted(spec.limits().workBytes(), spec.limits().workBytes()));
        if (countsProcessesBySandbox()) {
            command.add("--nproc=%d:%d"
                    .formatted(spec.limits().processesMax(), spec.limits().processesMax()));
        }
        command.add("--");
        command.addAll(SandboxShape.daemonCommand(spec));
        return command;
    }

    private static boolean countsProcessesBySandbox() {
        return HostUser.current().countsProcessesBySandbox(System.getProperty("os.version"));
    }

    private static void launch(LocalDirectory directory, List<String> bubblewrap, SandboxSpec spec) {
        try {
            makeWork(directory.work());
            EtcFiles.write(directory.etc());
            Files.write(directory.filter(), SeccompFilter.compile(SeccompProfile.standard(), Processor.current()));
            List<String> argv =
                    new ArrayList<>(List.of("/usr/bin/setsid", "/bin/sh", "-c", Anchor.SCRIPT, "titan-anchor"));
            groupOf(directory).make(spec.limits()).forEach(join -> argv.add(join.toString()));
            argv.add("--");
            argv.addAll(bubblewrap);
            ProcessBuilder builder = new ProcessBuilder(argv)
                    .directory(directory.place().path().toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.log().toFile());
            builder.environment().clear();
            builder.environment().put("PATH", SandboxShape.ENVIRONMENT.getOrDefault("PATH", "/usr/bin:/bin"));
            builder.environment().put("TITAN_ANCHOR", directory.anchor().toString());
            builder.environment().put("TITAN_INFO", directory.info().toString());
            builder.environment().put("TITAN_FILTER", directory.filter().toString());
            awaitAnchor(directory, builder.start());
        } catch (IOException e) {
            throw new SandboxException.Unavailable("cannot start sandbox " + spec.id(), e);
        }
    }

    private static void makeWork(Path work) throws IOException {
        Files.createDirectories(work);
        Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwx------"));
        if (HostUser.current() == HostUser.ROOT) {
            Files.setAttribute(work, "unix:uid", UID);
            Files.setAttribute(work, "unix:gid", UID);
        }
    }

    /** The lock is given up only when the anchor can be found, for then a second caller adopts. */
    private static void awaitAnchor(LocalDirectory directory, Process process) throws IOException {
        long giveUp = System.nanoTime() + END_MAX.toNanos();
        while (!Files.exists(directory.anchor())) {
            if (!process.isAlive() || System.nanoTime() - giveUp >= 0) {
                process.destroyForcibly();
                throw new IOException("the sandbox's shell did not start: " + logOf(directory));
            }
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }

    private Optional<String> goneBecause(SandboxId id) {
        LocalDirectory directory = new LocalDirectory(directories.of(id));
        return Anchor.read(directory.anchor()).filter(Anchor::isAlive).isPresent()
                ? Optional.empty()
                : Optional.of("its processes have ended: " + logOf(directory));
    }

    /** Ends every process of a sandbox and returns when the last is gone. */
    private void end(SandboxId id) {
        LocalDirectory directory = new LocalDirectory(directories.of(id));
        Optional<InitProcess> init = InitProcess.read(directory.info());
        Optional<Anchor> anchor = Anchor.read(directory.anchor());
        anchor.ifPresent(Anchor::kill);
        long giveUp = System.nanoTime() + END_MAX.toNanos();
        while (anchor.filter(Anchor::isAlive).isPresent()
                || init.filter(InitProcess::isAlive).isPresent()
                || !groupOf(directory).remove()) {
            if (System.nanoTime() - giveUp >= 0) {
                throw new SandboxException.Unavailable("the processes of sandbox %s do not end".formatted(id));
            }
            LockSupport.parkNanos(END_POLL.toNanos());
        }
    }

    private static ControlGroup groupOf(LocalDirectory directory) {
        return new ControlGroup(directory.place().path().getFileName().toString());
    }

    private static String logOf(LocalDirectory directory) {
        try {
            String log = Files.exists(directory.log()) ? Programs.beginning(directory.log()) : "";
            return log.substring(0, Math.min(log.length(), LOG_CHARACTERS_MAX)).replaceAll("\\p{Cntrl}+", " ");
        } catch (IOException e) {
            return "(its log cannot be read: %s)".formatted(e.getMessage());
        }
    }

    private <T> T locked(Supplier<T> action) {
        try {
            return lock.holding(action);
        } catch (IOException e) {
            throw new SandboxException.Unavailable("cannot lock the local sandboxes of this host", e);
        }
    }
}
