package dev.titan.sandbox.docker;

import static dev.titan.sandbox.SandboxShape.UID;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Driver;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Ulimit;
import com.github.dockerjava.api.model.VolumeOptions;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.sandbox.SandboxLimits;
import dev.titan.sandbox.SandboxShape;
import dev.titan.sandbox.seccomp.SeccompProfile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What locks a container: everything off that a command does not need, every resource bounded. */
final class ContainerShape {

    private static final long NANOS_PER_CPU = 1_000_000_000L;

    /** Half of the engine's standard weight: under contention the host's own services go first. */
    private static final int CPU_SHARES = 512;

    /** Commands die before the host's own processes when memory runs out. */
    private static final int OOM_SCORE = 500;

    /** Our own policy on system calls, handed over as text: the engine's own lets io_uring and AF_VSOCK through. */
    private static final String SECCOMP = "seccomp=" + SeccompProfile.json();

    private ContainerShape() {}

    /**
     * Returns the shape.
     *
     * @param daemon the daemon's directory on the host
     * @param sockets the directory on the host where the daemon puts its socket
     * @param egress the directory on the host in which its proxy has its socket
     * @param cpusOfHost processors of the engine, above which it refuses a limit
     */
    static HostConfig of(SandboxLimits limits, Path daemon, Path sockets, Path egress, int cpusOfHost) {
        return new HostConfig()
                .withNetworkMode("none")
                // Else the engine copies the host's resolvers into the container, which cannot reach them.
                .withDns("127.0.0.1")
                .withDnsSearch(".")
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges:true", SECCOMP))
                .withReadonlyRootfs(true)
                .withTmpFs(Map.of(
                        Workspace.ROOT,
                        "rw,exec,nosuid,nodev,size=%d,nr_inodes=%d,uid=%d,gid=%d,mode=0700"
                                .formatted(limits.workBytes(), limits.workFilesMax(), UID, UID),
                        "/tmp",
                        "rw,noexec,nosuid,nodev,size=%d,mode=1777".formatted(limits.tmpBytes())))
                .withMemory(limits.memoryBytes())
                .withMemorySwap(limits.memoryBytes())
                .withNanoCPUs((long) (Math.min(limits.cpus(), cpusOfHost) * NANOS_PER_CPU))
                .withCpuShares(CPU_SHARES)
                .withPidsLimit((long) limits.processesMax())
                .withUlimits(List.of(
                        new Ulimit("nofile", (long) limits.openFilesMax(), (long) limits.openFilesMax()),
                        new Ulimit("core", 0L, 0L)))
                .withInit(true)
                .withIpcMode("private")
                .withCgroupnsMode("private")
                .withOomScoreAdj(OOM_SCORE)
                .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE))
                .withRestartPolicy(RestartPolicy.noRestart())
                .withAutoRemove(true)
                .withMounts(List.of(
                        bind(daemon, SandboxShape.DAEMON_DIRECTORY).withReadOnly(true),
                        bind(sockets, SandboxShape.SOCKET_DIRECTORY),
                        bind(egress, SandboxShape.EGRESS_DIRECTORY).withReadOnly(true)));
    }

    /**
     * Returns the shape with the workspace on a device instead of in memory: an anonymous volume, which the engine removes
     * with the container.
     *
     * @param device a path that the engine can mount when it starts the container
     * @param labels whose the volume is, for whoever finds one that was left
     */
    static HostConfig onDisk(HostConfig shape, String device, Map<String, String> labels) {
        Map<String, String> memory = new HashMap<>(Objects.requireNonNullElse(shape.getTmpFs(), Map.of()));
        memory.remove(Workspace.ROOT);
        List<Mount> mounts = new ArrayList<>(Objects.requireNonNullElse(shape.getMounts(), List.of()));
        mounts.add(new Mount()
                .withType(MountType.VOLUME)
                .withTarget(Workspace.ROOT)
                .withVolumeOptions(new VolumeOptions()
                        .withNoCopy(true)
                        .withLabels(labels)
                        .withDriverConfig(new Driver()
                                .withName("local")
                                .withOptions(Map.of("type", "ext4", "device", device, "o", "nosuid,nodev")))));
        return shape.withTmpFs(memory).withMounts(mounts);
    }

    /** A mount and not a "bind": the engine would silently make a missing source, as root. */
    private static Mount bind(Path source, String target) {
        return new Mount()
                .withType(MountType.BIND)
                .withSource(source.toString())
                .withTarget(target);
    }
}
