package dev.titan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.sandbox.docker.DockerSandboxes;
import dev.titan.sandbox.docker.DockerSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderChoiceTest {

    @TempDir
    private Path directory;

    @Test
    void refusesToRunWithoutASandbox() {
        try (SandboxProvider docker = docker("unix:///nonexistent/docker.sock")) {
            assertThatThrownBy(() -> ProviderChoice.firstReady(List.of(docker)))
                    .isInstanceOf(SandboxException.Refused.class)
                    .hasMessageContaining("unix:///nonexistent/docker.sock")
                    .hasMessageContaining("apt-get install docker.io");
        }
    }

    @Test
    void refusesAnEngineOnAnotherHost() {
        try (SandboxProvider docker = docker("tcp://192.0.2.1:2375")) {
            assertThat(docker.probe())
                    .isInstanceOfSatisfying(
                            Readiness.Missing.class,
                            missing -> assertThat(missing.reason()).contains("is not on this host"));
        }
    }

    private SandboxProvider docker(String host) {
        TitanHome home = new TitanHome(directory);
        return new DockerSandboxes(
                new DockerSettings(Optional.of(host), Optional.of("any")),
                home,
                HostId.of(home),
                new SandboxdDistribution(Optional.empty(), home));
    }
}
