package dev.titan.sandbox.kubernetes;

import static dev.titan.sandbox.SandboxShape.UID;

import dev.titan.contracts.sandbox.Workspace;
import dev.titan.sandbox.Launch;
import dev.titan.sandbox.SandboxLimits;
import dev.titan.sandbox.SandboxShape;
import dev.titan.sandbox.SandboxSpec;
import dev.titan.sandbox.kubernetes.KubernetesSettings.Medium;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What locks a pod: everything off that a command does not need, every resource bounded that a pod can bound. It passes
 * the {@code restricted} level of Kubernetes' pod security standards.
 *
 * <p>The daemon gets in by an init container that copies it from an image of ours into a volume. An image mounted as a
 * volume would spare the copy of 100 MB and is on by default only from Kubernetes 1.35 on, with a runtime that can.
 */
final class PodShape {

    /** The container in which everything runs. */
    static final String CONTAINER = "sandbox";

    private static final long MEBIBYTE = 1L << 20;

    /** The daemon's directory has about 110 MB. */
    private static final long DAEMON_BYTES_MAX = 256 * MEBIBYTE;

    /** A socket and nothing else; a command that writes there hits this. */
    private static final long SOCKET_BYTES_MAX = MEBIBYTE;

    /** What the kubelet counts beside volumes: the daemon's log, which has a few lines. */
    private static final long LOG_BYTES_MAX = 64 * MEBIBYTE;

    /** Where the init container finds the volume that is to hold the daemon, and the one that is to hold the workspace. */
    private static final String NEW_DAEMON = "/new/daemon";

    private static final String NEW_WORKSPACE = "/new/workspace";

    /** The workspace is a directory of its volume, for the volume's own belongs to root, which git takes offence at. */
    private static final String WORKSPACE_DIRECTORY = "w";

    /** The times of the files are kept: the daemon's AOT cache is valid only for them. */
    private static final String INIT_COMMAND = "cp -a /opt/titan/* %s/ && mkdir -p -m 0700 %s/%s"
            .formatted(NEW_DAEMON, NEW_WORKSPACE, WORKSPACE_DIRECTORY);

    private final KubernetesSettings settings;

    PodShape(KubernetesSettings settings) {
        this.settings = settings;
    }

    /** Returns the pod of a sandbox with the given name, labels and owner. */
    Pod of(SandboxSpec spec, ObjectMeta metadata) {
        return new PodBuilder()
                .withMetadata(metadata)
                .withNewSpec()
                .withRestartPolicy("Never")
                .withActiveDeadlineSeconds(spec.life().ttl().toSeconds())
                .withTerminationGracePeriodSeconds(1L)
                .withHostname(SandboxShape.HOST_NAME)
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withHostNetwork(false)
                .withHostPID(false)
                .withHostIPC(false)
                .withShareProcessNamespace(false)
                // Names cannot be resolved: nothing outside can be reached, and the cluster's own names are nobody's
                // business.
                .withDnsPolicy("None")
                .withNewDnsConfig()
                .withNameservers("127.0.0.1")
                .endDnsConfig()
                .withRuntimeClassName(settings.runtimeClass().orElse(null))
                .withSecurityContext(podSecurity())
                .withVolumes(volumes(spec.limits()))
                .withInitContainers(daemonCopy(spec.limits()))
                .withContainers(sandbox(spec))
                .endSpec()
                .build();
    }

    private PodSecurityContext podSecurity() {
        return new PodSecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withRunAsUser((long) UID)
                .withRunAsGroup((long) UID)
                .withFsGroup((long) UID)
                .withSeccompProfile(settings.seccompProfile()
                        .map(path -> new SeccompProfile(path, "Localhost"))
                        .orElseGet(() -> new SeccompProfile(null, "RuntimeDefault")))
                .build();
    }

    private static SecurityContext containerSecurity() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withPrivileged(false)
                .withReadOnlyRootFilesystem(true)
                .withRunAsNonRoot(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
    }

    private List<Volume> volumes(SandboxLimits limits) {
        return List.of(
                volume("daemon", Medium.DISK, DAEMON_BYTES_MAX),
                volume("socket", Medium.MEMORY, SOCKET_BYTES_MAX),
                volume("workspace", settings.workspace(), limits.workBytes()),
                volume("tmp", Medium.MEMORY, limits.tmpBytes()));
    }

    private static Volume volume(String name, Medium medium, long bytes) {
        String kind = switch (medium) {
            case MEMORY -> "Memory";
            case DISK -> "";
        };
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .withMedium(kind)
                .withSizeLimit(quantity(bytes))
                .endEmptyDir()
                .build();
    }

    private Container daemonCopy(SandboxLimits limits) {
        return new ContainerBuilder()
                .withName("daemon")
                .withImage(settings.daemonImage())
                .withImagePullPolicy("IfNotPresent")
                .withCommand("/bin/sh", "-ec", INIT_COMMAND)
                .withSecurityContext(containerSecurity())
                .withResources(resources(limits))
                .withVolumeMounts(mount("daemon", NEW_DAEMON), mount("workspace", NEW_WORKSPACE))
                .build();
    }

    private Container sandbox(SandboxSpec spec) {
        VolumeMount daemon = new VolumeMountBuilder(mount("daemon", SandboxShape.DAEMON_DIRECTORY))
                .withReadOnly(true)
                .build();
        VolumeMount workspace = new VolumeMountBuilder(mount("workspace", Workspace.ROOT))
                .withSubPath(WORKSPACE_DIRECTORY)
                .build();
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(settings.image())
                .withImagePullPolicy("IfNotPresent")
                .withCommand(command(spec))
                .withWorkingDir(Workspace.ROOT)
                .withEnv(SandboxShape.ENVIRONMENT.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(variable -> new EnvVar(variable.getKey(), variable.getValue(), null))
                        .toList())
                .withSecurityContext(containerSecurity())
                .withResources(resources(spec.limits()))
                .withVolumeMounts(
                        daemon, mount("socket", SandboxShape.SOCKET_DIRECTORY), workspace, mount("tmp", "/tmp"))
                .build();
    }

    /** The limits are set here because no field of a pod has them; what the runtime allows less of stays as it is. */
    private static List<String> command(SandboxSpec spec) {
        String limited = "ulimit -c 0; ulimit -n %d 2>/dev/null; exec \"$@\""
                .formatted(spec.limits().openFilesMax());
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", limited, "titan-sandboxd"));
        command.addAll(SandboxShape.daemonCommand(Launch.of(spec)));
        return command;
    }

    private static VolumeMount mount(String volume, String path) {
        return new VolumeMountBuilder().withName(volume).withMountPath(path).build();
    }

    /** Requests equal limits: the node keeps free what the sandbox may use, and evicts it last. */
    private ResourceRequirements resources(SandboxLimits limits) {
        long onDisk = DAEMON_BYTES_MAX
                + LOG_BYTES_MAX
                + switch (settings.workspace()) {
                    case MEMORY -> 0;
                    case DISK -> limits.workBytes();
                };
        Map<String, Quantity> amounts = Map.of(
                "cpu",
                new Quantity("%dm".formatted(Math.round(limits.cpus() * 1000))),
                "memory",
                quantity(limits.memoryBytes()),
                "ephemeral-storage",
                quantity(onDisk));
        return new ResourceRequirementsBuilder()
                .withRequests(amounts)
                .withLimits(amounts)
                .build();
    }

    private static Quantity quantity(long bytes) {
        return new Quantity(Long.toString(bytes));
    }
}
