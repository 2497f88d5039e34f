package dev.titan.sandbox.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What stands in for a kubelet: runs the pods of a {@link ClusterStandIn} as containers of Docker, each with what its
 * spec asks for and nothing else, and reports how they are. Volumes are made as a kubelet makes them: directories of
 * root, open to all, those in memory limited in size.
 */
final class DockerNode implements Node {

    /** What an operator sets as {@code podPidsLimit}. */
    private static final int POD_PIDS_MAX = 512;

    private static final int REPORTS_MAX = 20;

    private final KubernetesClient api;
    private final Path directory;
    private final Map<String, Thread> running = new ConcurrentHashMap<>();

    DockerNode(KubernetesClient api, Path directory) {
        this.api = api;
        this.directory = directory;
    }

    @Override
    public void run(Pod pod) {
        String name = pod.getMetadata().getName();
        running.put(name, Thread.ofVirtual().start(() -> {
            try {
                live(pod);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    @Override
    public void stop(String pod) {
        try {
            Docker.run("rm", "--force", pod, pod + "-init");
            Thread life = running.remove(pod);
            if (life != null) {
                life.join();
            }
            removeVolumes(pod);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Process exec(String pod, List<String> command) throws IOException {
        List<String> argv = new ArrayList<>(List.of("docker", "exec", "--interactive", pod));
        argv.addAll(command);
        return new ProcessBuilder(argv).start();
    }

    private void live(Pod pod) throws IOException {
        for (Volume volume : pod.getSpec().getVolumes()) {
            make(pod, volume);
        }
        Container init = pod.getSpec().getInitContainers().getFirst();
        Container main = pod.getSpec().getContainers().getFirst();
        for (Container container : List.of(init, main)) {
            if (Docker.run("image", "inspect", container.getImage()).exit() != 0) {
                report(pod, waiting(container, "ErrImagePull"));
                return;
            }
        }
        Docker.Answer copied = Docker.run(arguments(pod, init, pod.getMetadata().getName() + "-init", "--rm"));
        if (copied.exit() != 0) {
            report(pod, ended(init, copied.exit(), copied.text()));
            return;
        }
        Docker.Answer started =
                Docker.run(arguments(pod, main, pod.getMetadata().getName(), "--detach"));
        if (started.exit() != 0) {
            report(pod, ended(main, started.exit(), started.text()));
            return;
        }
        report(pod, running(main));
        String exit = Docker.run("wait", pod.getMetadata().getName()).text().strip();
        report(pod, ended(main, exit.matches("\\d+") ? Integer.parseInt(exit) : 137, ""));
        Docker.run("rm", "--force", pod.getMetadata().getName());
    }

    private List<String> arguments(Pod pod, Container container, String name, String mode) {
        var security = container.getSecurityContext();
        var podSecurity = pod.getSpec().getSecurityContext();
        Map<String, Quantity> limits = container.getResources().getLimits();
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                mode,
                "--name",
                name,
                "--label",
                "dev.titan.test=kubernetes",
                "--user",
                podSecurity.getRunAsUser() + ":" + podSecurity.getRunAsGroup(),
                "--hostname",
                pod.getSpec().getHostname(),
                "--memory",
                bytes(amount(limits, "memory")),
                "--memory-swap",
                bytes(amount(limits, "memory")),
                "--cpus",
                amount(limits, "cpu").getNumericalAmount().toPlainString(),
                "--pids-limit",
                Integer.toString(POD_PIDS_MAX),
                "--entrypoint",
                container.getCommand().getFirst()));
        if (isOffTheNetwork(pod)) {
            arguments.addAll(List.of("--network", "none"));
        }
        if (Boolean.TRUE.equals(security.getReadOnlyRootFilesystem())) {
            arguments.add("--read-only");
        }
        if (Boolean.FALSE.equals(security.getAllowPrivilegeEscalation())) {
            arguments.addAll(List.of("--security-opt", "no-new-privileges:true"));
        }
        if (!"RuntimeDefault".equals(podSecurity.getSeccompProfile().getType())) {
            arguments.addAll(List.of("--security-opt", "seccomp=unconfined"));
        }
        security.getCapabilities().getDrop().forEach(drop -> arguments.addAll(List.of("--cap-drop", drop)));
        if (container.getWorkingDir() != null) {
            arguments.addAll(List.of("--workdir", container.getWorkingDir()));
        }
        container
                .getEnv()
                .forEach(
                        variable -> arguments.addAll(List.of("--env", variable.getName() + "=" + variable.getValue())));
        container.getVolumeMounts().forEach(mount -> arguments.addAll(List.of("--mount", mount(pod, mount))));
        arguments.add(container.getImage());
        arguments.addAll(
                container.getCommand().subList(1, container.getCommand().size()));
        return arguments;
    }

    private String mount(Pod pod, VolumeMount mount) {
        Path volume = volume(pod.getMetadata().getName(), mount.getName());
        Path source = mount.getSubPath() == null ? volume : volume.resolve(mount.getSubPath());
        return "type=bind,source=%s,target=%s%s"
                .formatted(source, mount.getMountPath(), Boolean.TRUE.equals(mount.getReadOnly()) ? ",readonly" : "");
    }

    /** As a network plug-in reads policies: one that selects the pod, names both directions and allows nothing. */
    private boolean isOffTheNetwork(Pod pod) {
        return api.network().networkPolicies().inNamespace(pod.getMetadata().getNamespace()).list().getItems().stream()
                .map(policy -> policy.getSpec())
                .anyMatch(policy -> pod.getMetadata()
                                .getLabels()
                                .entrySet()
                                .containsAll(
                                        policy.getPodSelector().getMatchLabels().entrySet())
                        && policy.getPolicyTypes().containsAll(List.of("Ingress", "Egress"))
                        && policy.getIngress().isEmpty()
                        && policy.getEgress().isEmpty());
    }

    private void make(Pod pod, Volume volume) throws IOException {
        Path path = Files.createDirectories(volume(pod.getMetadata().getName(), volume.getName()));
        if ("Memory".equals(volume.getEmptyDir().getMedium())) {
            run(
                    "mount",
                    "-t",
                    "tmpfs",
                    "-o",
                    "size=" + bytes(volume.getEmptyDir().getSizeLimit()),
                    "tmpfs",
                    path.toString());
        }
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private void removeVolumes(String pod) throws IOException {
        Path volumes = directory.resolve(pod);
        if (Files.exists(volumes)) {
            try (Stream<Path> paths = Files.list(volumes)) {
                for (Path volume : paths.toList()) {
                    run("umount", "--quiet", volume.toString());
                }
            }
            run("rm", "-rf", "--one-file-system", volumes.toString());
        }
    }

    private Path volume(String pod, String name) {
        return directory.resolve(pod).resolve(name);
    }

    /** Titan writes to the pod too: a status that was overtaken is written again. */
    private void report(Pod pod, PodStatus status) {
        for (int tries = 1; ; tries++) {
            try {
                api.pods()
                        .inNamespace(pod.getMetadata().getNamespace())
                        .withName(pod.getMetadata().getName())
                        .editStatus(current ->
                                new PodBuilder(current).withStatus(status).build());
                return;
            } catch (KubernetesClientException e) {
                if (e.getCode() != 409 || tries == REPORTS_MAX) {
                    throw e;
                }
            }
        }
    }

    private static PodStatus waiting(Container container, String reason) {
        return status(
                "Pending",
                container,
                new ContainerStateBuilder()
                        .withNewWaiting()
                        .withReason(reason)
                        .withMessage("no image " + container.getImage())
                        .endWaiting());
    }

    private static PodStatus running(Container container) {
        return status(
                "Running",
                container,
                new ContainerStateBuilder().withNewRunning().endRunning());
    }

    private static PodStatus ended(Container container, int exit, String message) {
        return status(
                exit == 0 ? "Succeeded" : "Failed",
                container,
                new ContainerStateBuilder()
                        .withNewTerminated()
                        .withExitCode(exit)
                        .withReason(exit == 0 ? "Completed" : "Error")
                        .withMessage(message)
                        .endTerminated());
    }

    private static PodStatus status(String phase, Container container, ContainerStateBuilder state) {
        return new PodStatusBuilder()
                .withPhase(phase)
                .withContainerStatuses(new ContainerStatusBuilder()
                        .withName(container.getName())
                        .withImage(container.getImage())
                        .withState(state.build())
                        .build())
                .build();
    }

    private static Quantity amount(Map<String, Quantity> limits, String resource) {
        return Objects.requireNonNull(limits.get(resource), "a pod without a limit of " + resource);
    }

    private static String bytes(Quantity quantity) {
        return quantity.getNumericalAmount().toBigInteger().toString();
    }

    private static void run(String... argv) throws IOException {
        Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        process.getInputStream().transferTo(System.err);
        process.onExit().join();
    }
}
