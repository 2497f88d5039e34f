package dev.titan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.titan.contracts.sandbox.FileReply;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.sandbox.docker.DockerSandboxes;
import dev.titan.sandbox.docker.DockerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@link SandboxContract} for Docker, which has to run. The engine's own client checks what the provider claims. */
@Tag("docker")
class DockerSandboxIT extends SandboxContract {

    @Override
    public SandboxProvider open(TitanHome home, HostId host, SandboxdDistribution daemon) {
        Optional<String> image = Optional.ofNullable(System.getProperty("titan.sandbox.image"));
        return new DockerSandboxes(new DockerSettings(Optional.empty(), image), home, host, daemon);
    }

    @Override
    public void kill(SandboxId id) throws IOException {
        docker("kill", id.value());
    }

    @Override
    public List<String> tracesOf(SandboxId id) throws IOException {
        return docker("ps", "--all", "--quiet", "--filter", "name=" + id)
                .lines()
                .toList();
    }

    /** As for a create whose answer was lost with its process, and the container with the host. */
    @Test
    void makesASandboxAnewThatHasDied() throws IOException {
        SandboxSpec spec = SandboxSpec.standard(newTask());
        try (SandboxProvider provider = open()) {
            provider.create(spec);
            kill(spec.id());
            await().until(() -> tracesOf(spec.id()).isEmpty());

            Workspace second = provider.create(spec);

            assertThat(second.list(".", 1, 1)).isInstanceOf(FileReply.Listing.class);
            provider.destroy(spec.id());
        }
    }

    @Test
    void runsNothingFromTmpAndLimitsTheWorkspace() {
        assertThat(run("printf '#!/bin/sh\\n' > /tmp/p; chmod +x /tmp/p; /tmp/p; echo $?")
                        .output()
                        .head())
                .endsWith("126\n");
        assertThat(Long.parseLong(run("df --output=size -B1 /work | tail -1")
                        .output()
                        .head()
                        .strip()))
                .as("a file system on disk needs some of it for itself")
                .isBetween(SandboxLimits.STANDARD.workBytes() * 9 / 10, SandboxLimits.STANDARD.workBytes());
    }

    @Test
    void enforcesAllOfIt() {
        try (SandboxProvider provider = open()) {
            assertThat(provider.unenforced()).isEmpty();
        }
    }

    @Test
    void refusesAnImageInWhichTheDaemonCannotRun() throws IOException {
        String image = "titan-test/no-libc:" + ProcessHandle.current().pid();
        SandboxSpec spec = SandboxSpec.standard(newTask());
        DockerSettings settings = new DockerSettings(Optional.empty(), Optional.of(image));
        docker("import", emptyArchive().toString(), image);
        try (SandboxProvider provider = open(settings)) {
            assertThatThrownBy(() -> provider.create(spec))
                    .isInstanceOf(SandboxException.Refused.class)
                    .hasMessageContaining(image)
                    .hasMessageContaining("glibc");
            assertThat(tracesOf(spec.id())).isEmpty();
            assertThat(provider.list()).doesNotContain(spec.id());
        } finally {
            docker("rmi", "--force", image);
        }
    }

    @Test
    void saysWhichImageCannotBeHad() {
        DockerSettings settings =
                new DockerSettings(Optional.empty(), Optional.of("registry.invalid/titan-test/none:1"));
        try (SandboxProvider provider = open(settings)) {
            assertThatThrownBy(() -> provider.prepare(line -> {}))
                    .isInstanceOf(SandboxException.Unavailable.class)
                    .hasMessageContaining("registry.invalid/titan-test/none:1 is not on this engine");
        }
    }

    @Test
    void leavesAContainerOfThatNameAloneThatIsNotOurs() throws IOException {
        SandboxSpec spec = SandboxSpec.standard(newTask());
        docker("create", "--name", spec.id().value(), "debian:bookworm-slim", "true");
        try (SandboxProvider provider = open()) {
            assertThatThrownBy(() -> provider.create(spec)).isInstanceOf(SandboxException.Refused.class);
            provider.destroy(spec.id());
            assertThat(provider.list()).doesNotContain(spec.id());
            assertThat(tracesOf(spec.id())).isNotEmpty();
        } finally {
            docker("rm", "--force", spec.id().value());
        }
    }

    /** A tar archive without entries is 1,024 zero bytes. */
    private Path emptyArchive() throws IOException {
        return Files.write(directory().resolve("empty.tar"), new byte[1024]);
    }

    private SandboxProvider open(DockerSettings settings) {
        TitanHome home = new TitanHome(directory());
        return new DockerSandboxes(settings, home, HostId.of(home), OneSandbox.daemon(home));
    }

    static String docker(String... arguments) throws IOException {
        String[] argv = new String[arguments.length + 1];
        argv[0] = "docker";
        System.arraycopy(arguments, 0, argv, 1, arguments.length);
        Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        try (InputStream output = process.getInputStream()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
