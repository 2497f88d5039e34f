package dev.titan.sandbox;

import dev.titan.sandbox.docker.DockerSandboxes;
import dev.titan.sandbox.docker.DockerSettings;
import java.util.Optional;
import org.junit.jupiter.api.Tag;

/** {@link RunningCommandContract} for Docker. */
@Tag("docker")
class DockerRunningCommandIT extends RunningCommandContract {

    @Override
    SandboxProvider open(TitanHome home, HostId host, SandboxdDistribution daemon) {
        Optional<String> image = Optional.ofNullable(System.getProperty("titan.sandbox.image"));
        return new DockerSandboxes(new DockerSettings(Optional.empty(), image), home, host, daemon);
    }
}
