package dev.titan.sandboxd.selftest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** None of the doors to the host that containers are known to have by mistake. */
final class NoEngineSocket implements Probe {

    private static final List<String> PATHS = List.of(
            "/var/run/docker.sock",
            "/run/docker.sock",
            "/run/containerd/containerd.sock",
            "/run/podman/podman.sock",
            "/run/crio/crio.sock",
            "/run/dbus/system_bus_socket",
            "/run/systemd/private",
            "/var/run/secrets/kubernetes.io/serviceaccount/token");

    @Override
    public String name() {
        return "no_engine_socket";
    }

    @Override
    public String checks() {
        return "no socket of a container engine and no token of Kubernetes is in sight";
    }

    @Override
    public Verdict run() {
        return Verdict.none(
                PATHS.stream().filter(path -> Files.exists(Path.of(path))).toList(), "none");
    }
}
