package dev.titan.sandbox.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.sandbox.ExecResult.End;
import dev.titan.sandbox.HostId;
import dev.titan.sandbox.Readiness;
import dev.titan.sandbox.SandboxProvider;
import dev.titan.sandbox.SandboxdDistribution;
import dev.titan.sandbox.TitanHome;
import dev.titan.sandbox.docker.DockerSandboxes;
import dev.titan.sandbox.docker.DockerSettings;
import dev.titan.sandbox.local.LocalSandboxes;
import dev.titan.sandboxd.protocol.SelfTestReport;
import dev.titan.sandboxd.protocol.SelfTestReport.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The self-test in both kinds of sandboxes, and, as the control, where nothing is locked. */
class SandboxSelfTestIT {

    /** Needs the base image of our own, for it has to be there anyway. */
    private static final String IMAGE = "debian:bookworm-slim";

    /** Those that system calls of the probes ask for. Not all there are: this machine may lack some itself. */
    private static final List<String> CAPABILITIES = List.of(
            "SYS_ADMIN",
            "SYS_BOOT",
            "SYS_CHROOT",
            "SYS_MODULE",
            "SYS_PACCT",
            "SYS_PTRACE",
            "SYS_RAWIO",
            "SYS_TIME",
            "NET_ADMIN",
            "NET_RAW",
            "DAC_READ_SEARCH",
            "SYSLOG");

    @TempDir
    private Path directory;

    @Test
    @Tag("docker")
    void holdsInAContainer() {
        DockerSettings settings =
                new DockerSettings(Optional.empty(), Optional.ofNullable(System.getProperty("titan.sandbox.image")));
        try (SandboxProvider docker = new DockerSandboxes(settings, home(), HostId.of(home()), daemon())) {
            assertThat(notHolding(docker)).isEmpty();
        }
    }

    @Test
    @Tag("bubblewrap")
    void holdsUnderBubblewrapButForWhatItDeclares() {
        try (SandboxProvider local = new LocalSandboxes(home(), HostId.of(home()), daemon())) {
            assertThat(notHolding(local)).allSatisfy(finding -> {
                assertThat(finding.state()).isEqualTo(Finding.State.DECLARED_ABSENT);
                assertThat(finding.remedy()).isNotEmpty();
            });
        }
    }

    /** Shows that every probe can fail; all but those that take two hosts or an idle one to fail. */
    @Test
    @Tag("docker")
    void failsWhereNothingIsLocked() throws IOException {
        requireDocker();
        Path telling = Files.createDirectories(directory.resolve("task-0192a3b4"));
        Path socket = Files.createFile(directory.resolve("docker.sock"));
        List<String> argv = new ArrayList<>(List.of("docker", "run", "--rm", "--user", "0:0", "--group-add", "7"));
        argv.addAll(List.of("--network", "host", "--pid", "host", "--uts", "host", "--cgroupns", "host"));
        argv.addAll(List.of("--tmpfs", "/work:rw,noexec,suid,dev", "--tmpfs", "/tmp:rw,exec,suid,dev"));
        argv.addAll(List.of("--ulimit", "core=-1", "--env", "AWS_SECRET_ACCESS_KEY=none"));
        argv.addAll(List.of("--volume", telling + ":/mnt", "--volume", socket + ":/var/run/docker.sock"));
        argv.addAll(List.of("--device", "/dev/null:/dev/disk0"));
        for (String lock : List.of("seccomp", "apparmor", "systempaths")) {
            argv.addAll(List.of("--security-opt", lock + "=unconfined"));
        }
        for (String capability : CAPABILITIES) {
            argv.addAll(List.of("--cap-add", capability));
        }

        List<SelfTestReport.Probe> probes = run(argv);

        assertThat(probes)
                .filteredOn(probe -> probe.outcome() == Outcome.HOLDS)
                .extracting(SelfTestReport.Probe::name)
                .as("another process of the host waits for orphans; a busy host leaves no time to exceed")
                .isSubsetOf("orphans_reaped", "cpu_limited");
        assertThat(probes)
                .filteredOn(probe -> probe.outcome() == Outcome.NOT_APPLICABLE)
                .as("what this kernel does not have")
                .allSatisfy(probe -> assertThat(probe.name()).matches("socket_.*|call_(kexec_load|.*_module)"));
    }

    @Test
    @Tag("docker")
    void seesZombiesWhereNobodyWaits() throws IOException {
        requireDocker();

        assertThat(run(List.of("docker", "run", "--rm", "--network", "none", "--tmpfs", "/work:exec")))
                .filteredOn(probe -> probe.outcome() == Outcome.FAILS)
                .extracting(SelfTestReport.Probe::name)
                .contains("orphans_reaped", "unprivileged_user", "workspace_size_limited", "memory_limited")
                .doesNotContain("loopback_only", "own_processes");
    }

    private List<Finding> notHolding(SandboxProvider provider) {
        if (provider.probe() instanceof Readiness.Missing(String reason, String _)) {
            missing("%s is missing: %s".formatted(provider.name(), reason));
        }
        List<Finding> findings = SandboxSelfTest.run(provider);
        assertThat(findings).hasSizeGreaterThan(60);
        assertThat(provider.list()).isEmpty();
        return findings.stream()
                .filter(finding -> finding.state() != Finding.State.HOLDS)
                .toList();
    }

    private List<SelfTestReport.Probe> run(List<String> docker) throws IOException {
        List<String> argv = new ArrayList<>(docker);
        argv.addAll(List.of("--volume", daemon().directory() + ":/opt/titan:ro", IMAGE));
        List<String> command = new ArrayList<>(SandboxSelfTest.command(SandboxSelfTest.LIMITS));
        command.set(command.indexOf("--now-ms") + 1, "0");
        argv.addAll(command);
        Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        try (InputStream output = process.getInputStream()) {
            String said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            return SandboxSelfTest.parse(said, new End.Exited(0)).probes();
        }
    }

    private void requireDocker() {
        try (SandboxProvider docker =
                new DockerSandboxes(DockerSettings.STANDARD, home(), HostId.of(home()), daemon())) {
            if (docker.probe() instanceof Readiness.Missing(String reason, String _)) {
                missing("docker is missing: " + reason);
            }
        }
    }

    private static void missing(String message) {
        Assumptions.assumeThat(Boolean.getBoolean("titan.skipMissing"))
                .as(message)
                .isTrue();
        throw new IllegalStateException(message);
    }

    private TitanHome home() {
        return new TitanHome(directory.resolve("h"));
    }

    private SandboxdDistribution daemon() {
        return new SandboxdDistribution(
                Optional.ofNullable(System.getProperty(SandboxdDistribution.SETTING))
                        .map(Path::of),
                home());
    }
}
