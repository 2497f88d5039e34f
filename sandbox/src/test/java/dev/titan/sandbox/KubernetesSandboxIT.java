package dev.titan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.sandbox.SandboxProvider.Unenforced;
import dev.titan.sandbox.docker.DockerSandboxes;
import dev.titan.sandbox.docker.DockerSettings;
import dev.titan.sandbox.kubernetes.ClusterStandIn;
import dev.titan.sandbox.kubernetes.Docker;
import dev.titan.sandbox.kubernetes.KubernetesSandboxes;
import dev.titan.sandbox.kubernetes.KubernetesSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@link SandboxContract} for pods, over the real tunnel and against the real daemon. API server and kubelet are
 * stand-ins; the latter runs each pod with Docker, with what its spec asks for.
 */
@Tag("docker")
class KubernetesSandboxIT extends SandboxContract {

    private static final String DAEMON_IMAGE =
            "titan-test/sandboxd:" + ProcessHandle.current().pid();

    /** Tells {@link CrashingOwner}, in the home of both, where the API server is and which images pods have. */
    private static final String CLUSTER_FILE = "cluster";

    private @Nullable ClusterStandIn cluster;
    private String image = "";

    @Override
    public SandboxProvider open(TitanHome home, HostId host, SandboxdDistribution daemon) {
        if (cluster == null) {
            cluster = start(home, host, daemon);
        }
        return provider(cluster.url(), host, image, DAEMON_IMAGE);
    }

    /** Returns the provider as a process has it that shares nothing but the home with the test. */
    static SandboxProvider provider(TitanHome home, HostId host) {
        try {
            List<String> lines = Files.readAllLines(home.path().resolve(CLUSTER_FILE));
            return provider(lines.get(0), host, lines.get(1), lines.get(2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SandboxProvider provider(String apiServer, HostId host, String image, String daemonImage) {
        System.setProperty("kubernetes.master", apiServer);
        System.setProperty("kubernetes.auth.tryKubeConfig", "false");
        return new KubernetesSandboxes(
                new KubernetesSettings(
                        "titan-sandboxes",
                        "test",
                        image,
                        daemonImage,
                        Optional.empty(),
                        Optional.empty(),
                        KubernetesSettings.Medium.MEMORY,
                        EnumSet.of(Unenforced.PROCESSES, Unenforced.NETWORK)),
                host);
    }

    /** Makes the daemon's image as its Dockerfile says, and looks up the sandbox's, which Docker sandboxes make. */
    private ClusterStandIn start(TitanHome home, HostId host, SandboxdDistribution daemon) {
        try (DockerSandboxes docker = new DockerSandboxes(DockerSettings.STANDARD, home, host, daemon)) {
            docker.prepare(line -> {});
            Path root = Path.of(System.getProperty("titan.root"));
            Docker.Answer built = Docker.run(
                    "build",
                    "--file",
                    root.resolve("deploy/kubernetes/sandboxd.Dockerfile").toString(),
                    "--tag",
                    DAEMON_IMAGE,
                    daemon.directory().toString());
            assertThat(built.exit()).as(built.text()).isZero();
            image = Docker.run("images", "--filter", "label=dev.titan.app", "--format", "{{.Repository}}:{{.Tag}}")
                    .text()
                    .lines()
                    .findFirst()
                    .orElseThrow();
            ClusterStandIn started = ClusterStandIn.withDocker(home.path().resolve("volumes"));
            Files.write(home.path().resolve(CLUSTER_FILE), List.of(started.url(), image, DAEMON_IMAGE));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    @Override
    void destroy() {
        super.destroy();
        if (cluster != null) {
            cluster.close();
        }
        try {
            Docker.run("rmi", "--force", DAEMON_IMAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The daemon is the first process of its container: the kernel drops what its commands send it. */
    @Test
    @Override
    public void isLostWhenItsDaemonIsKilledFromInside() {
        run("kill -KILL 1; kill -STOP 1");

        assertThat(run("echo alive").output().head()).isEqualTo("alive\n");
    }

    @Test
    void runsTheDaemonFromItsCacheWithTheTimesOfItsFilesKept() {
        assertThat(run("stat -c %Y /opt/titan/app/* | sort -u").output().head())
                .isEqualTo(Instant.parse("2026-01-01T00:00:00Z").getEpochSecond() + "\n");
    }

    @Test
    void ownsItsWorkspaceAloneAndLimitsOpenFiles() {
        assertThat(run("stat -c '%u %a' /work; ulimit -Hn; ulimit -Hc").output().head())
                .isEqualTo("10001 700\n%d\n0\n".formatted(SandboxLimits.STANDARD.openFilesMax()));
    }

    /** A pod's disks are the node's: this host gives none. */
    @Test
    @Override
    public void leavesNoDiskBehindWhoeverIsKilled() throws IOException {
        assertThat(run("stat -f -c %T /work").output().head()).isEqualTo("tmpfs\n");
    }

    @Test
    void leavesNoTunnelBehindWhenItsConnectionsAreClosed() {
        long before = tunnels();
        try (SandboxProvider other = open()) {
            other.connect(id()).list(".", 1, 1);
            assertThat(tunnels()).isGreaterThan(before);
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> tunnels() == before);
    }

    private long tunnels() {
        return run("cat /proc/[0-9]*/cmdline | tr '\\0' '\\n' | grep -c '^--tunnel$'")
                .output()
                .head()
                .strip()
                .transform(Long::parseLong);
    }

    /** A pod and its tunnel take longer to start than a container, the more so on a host that is busy. */
    @Override
    public Duration shortLease() {
        return Duration.ofSeconds(15);
    }

    @Override
    public void kill(SandboxId id) throws IOException {
        Docker.run("kill", id.value());
    }

    @Override
    public List<String> tracesOf(SandboxId id) throws IOException {
        return Docker.run("ps", "--all", "--quiet", "--filter", "name=" + id)
                .text()
                .lines()
                .toList();
    }
}
