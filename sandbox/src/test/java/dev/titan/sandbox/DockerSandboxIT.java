package dev.titan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.sandbox.docker.DockerSandboxes;
import dev.titan.sandbox.docker.DockerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@link SandboxContract} for Docker, which has to run. The engine's own client checks what the provider claims. */
@Tag("docker")
class DockerSandboxIT extends SandboxContract {

    @Override
    SandboxProvider open(TitanHome home, HostId host, SandboxdDistribution daemon) {
        Optional<String> image = Optional.ofNullable(System.getProperty("titan.sandbox.image"));
        return new DockerSandboxes(new DockerSettings(Optional.empty(), image), home, host, daemon);
    }

    @Override
    void kill(SandboxId id) throws IOException {
        docker("kill", id.value());
    }

    @Override
    List<String> tracesOf(SandboxId id) throws IOException {
        return docker("ps", "--all", "--quiet", "--filter", "name=" + id)
                .lines()
                .toList();
    }

    @Test
    void filtersSystemCalls() {
        assertThat(run("grep ^Seccomp: /proc/self/status | tr -d '\\t'")
                        .output()
                        .head())
                .isEqualTo("Seccomp:2\n");
    }

    @Test
    void runsNothingFromTmpAndLimitsTheWorkspace() {
        assertThat(run("printf '#!/bin/sh\\n' > /tmp/p; chmod +x /tmp/p; /tmp/p; echo $?")
                        .output()
                        .head())
                .endsWith("126\n");
        assertThat(run("df --output=size -B1 /work | tail -1").output().head().strip())
                .isEqualTo(Long.toString(SandboxLimits.STANDARD.workBytes()));
    }

    @Test
    void enforcesAllOfIt() {
        try (SandboxProvider provider = open()) {
            assertThat(provider.unenforced()).isEmpty();
        }
    }

    static String docker(String... arguments) throws IOException {
        String[] argv = new String[arguments.length + 1];
        argv[0] = "docker";
        System.arraycopy(arguments, 0, argv, 1, arguments.length);
        Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        try (InputStream output = process.getInputStream()) {
            return new String(output.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
