package dev.titan.sandbox.local;

import static dev.titan.sandbox.SandboxShape.UID;

import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.sandbox.HostId;
import dev.titan.sandbox.Launch;
import dev.titan.sandbox.SandboxLimits;
import dev.titan.sandbox.SandboxShape;
import dev.titan.sandbox.directory.SandboxDirectories;
import dev.titan.sandbox.directory.SandboxRecord;
import dev.titan.sandbox.directory.WarmPlace;
import dev.titan.sandbox.disk.WorkDisk;
import dev.titan.sandbox.disk.WorkDisks;
import dev.titan.sandbox.seccomp.Processor;
import dev.titan.sandbox.seccomp.SeccompFilter;
import dev.titan.sandbox.seccomp.SeccompProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The processes of local sandboxes: how they are started, found and ended. */
final class LocalProcesses {

    /** The kernel ends a sandbox in milliseconds; one that hangs on a broken disk is reported. */
    private static final Duration END_MAX = Duration.ofSeconds(10);

    private static final Duration END_POLL = Duration.ofMillis(5);

    /** Enough of the log to tell why a daemon ended; the log is untrusted. */
    private static final int LOG_CHARACTERS_MAX = 300;

    private final SandboxDirectories directories;
    private final HostId host;
    private final WorkDisks disks;

    LocalProcesses(SandboxDirectories directories, HostId host, WorkDisks disks) {
        this.disks = disks;
        this.directories = directories;
        this.host = host;
    }

    static boolean countsBySandbox() {
        return HostUser.current().countsProcessesBySandbox(System.getProperty("os.version"));
    }

    /** Starts a sandbox in its place and returns when it can be found by its anchor. */
    void start(Launch launch, Bubblewrap bubblewrap, Path daemon) {
        LocalDirectory directory = directoryOf(launch.id());
        try {
            Files.createDirectories(directory.work());
            Files.createDirectories(directory.tmp());
            EtcFiles.write(directory.etc());
            Files.write(directory.filter(), SeccompFilter.compile(SeccompProfile.standard(), Processor.current()));
            List<String> argv = new ArrayList<>(List.of("/usr/bin/setsid"));
            if (HostUser.current() == HostUser.ROOT) {
                argv.addAll(List.of("/usr/bin/unshare", "--mount", "--propagation", "private"));
            }
            argv.addAll(List.of("/bin/sh", "-c", Anchor.SCRIPT, "titan-anchor"));
            ControlGroup group = groupOf(launch.id());
            group.make(launch.limits()).forEach(join -> argv.add(join.toString()));
            argv.add("--");
            argv.addAll(bubblewrap.sandbox(directory, group, daemon, launch.limits(), command(launch)));
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
            builder.environment().putAll(storage(launch.limits()));
            awaitAnchor(directory, builder.start());
        } catch (IOException e) {
            throw new SandboxException.Unavailable("cannot start sandbox " + launch.id(), e);
        }
    }

    boolean isAlive(SandboxId id) {
        return Anchor.read(directoryOf(id).anchor()).filter(Anchor::isAlive).isPresent();
    }

    Optional<String> goneBecause(SandboxId id) {
        return isAlive(id) ? Optional.empty() : Optional.of("its processes have ended: " + logOf(directoryOf(id)));
    }

    /** Ends every process of a sandbox and returns when the last is gone. */
    void end(SandboxId id) {
        LocalDirectory directory = directoryOf(id);
        ControlGroup group = groupOf(id);
        Optional<InitProcess> init = InitProcess.read(directory.info());
        Optional<Anchor> anchor = Anchor.read(directory.anchor());
        anchor.ifPresent(Anchor::kill);
        long giveUp = System.nanoTime() + END_MAX.toNanos();
        while (anchor.filter(Anchor::isAlive).isPresent()
                || init.filter(InitProcess::isAlive).isPresent()
                || !group.remove()) {
            if (System.nanoTime() - giveUp >= 0) {
                throw new SandboxException.Unavailable("the processes of sandbox %s do not end".formatted(id));
            }
            LockSupport.parkNanos(END_POLL.toNanos());
        }
    }

    /** Removes the control groups of this host that no sandbox has any more and no process is in. */
    void removeForgottenGroups() {
        List<ControlGroup> groups = ControlGroup.startingWith(host + "-");
        Set<String> used = Stream.concat(
                        directories.list().stream(),
                        directories.waiting().stream().map(WarmPlace::record))
                .map(record -> groupName(record.madeAs()))
                .collect(Collectors.toSet());
        groups.stream().filter(group -> !used.contains(group.name())).forEach(ControlGroup::remove);
    }

    /** Limits that need no control group, set inside, where the sandbox cannot raise them again. */
    private static List<String> command(Launch launch) {
        List<String> command = new ArrayList<>(List.of("/usr/bin/prlimit", "--core=0:0"));
        command.add("--nofile=%d:%d"
                .formatted(launch.limits().openFilesMax(), launch.limits().openFilesMax()));
        command.add("--fsize=%d:%d"
                .formatted(launch.limits().workBytes(), launch.limits().workBytes()));
        if (countsBySandbox()) {
            command.add("--nproc=%d:%d"
                    .formatted(launch.limits().processesMax(), launch.limits().processesMax()));
        }
        command.add("--");
        command.addAll(SandboxShape.daemonCommand(launch));
        return command;
    }

    /** What the anchor's shell mounts. Only root may; elsewhere bubblewrap keeps both in memory. */
    private Map<String, String> storage(SandboxLimits limits) {
        return switch (HostUser.current()) {
            case ORDINARY -> Map.of("TITAN_STORAGE", "");
            case ROOT ->
                Map.of(
                        "TITAN_STORAGE",
                        disks.areUsed() ? "disk" : "memory",
                        "TITAN_WORK_BYTES",
                        Long.toString(limits.workBytes()),
                        "TITAN_WORK_FILES",
                        Integer.toString(WorkDisk.filesToAskFor(limits)),
                        "TITAN_WORK_OPTIONS",
                        "nosuid,nodev,size=%d,nr_inodes=%d,uid=%d,gid=%d,mode=0700"
                                .formatted(limits.workBytes(), limits.workFilesMax(), UID, UID),
                        "TITAN_TMP_OPTIONS",
                        "nosuid,nodev,noexec,size=%d,mode=1777".formatted(limits.tmpBytes()));
        };
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

    private LocalDirectory directoryOf(SandboxId id) {
        return new LocalDirectory(directories.of(id));
    }

    /** A sandbox's control group keeps the name it was made with, also when its place is renamed. */
    private ControlGroup groupOf(SandboxId id) {
        SandboxId madeAs = directories.find(id).map(SandboxRecord::madeAs).orElse(id);
        return new ControlGroup(groupName(madeAs));
    }

    private String groupName(SandboxId madeAs) {
        return host + "-" + directories.of(madeAs).name();
    }

    private static String logOf(LocalDirectory directory) {
        try {
            String log = Files.exists(directory.log()) ? Programs.beginning(directory.log()) : "";
            return log.substring(0, Math.min(log.length(), LOG_CHARACTERS_MAX)).replaceAll("\\p{Cntrl}+", " ");
        } catch (IOException e) {
            return "(its log cannot be read: %s)".formatted(e.getMessage());
        }
    }
}
