package dev.titan.sandbox;

import dev.titan.sandbox.docker.DockerSandboxes;
import dev.titan.sandbox.docker.DockerSettings;
import dev.titan.sandbox.local.LocalSandboxes;
import java.util.Optional;
import org.junit.jupiter.api.Tag;

/** {@link CheckpointContract} of containers, put back into sandboxes of the other provider. */
@Tag("docker")
@Tag("bubblewrap")
class DockerCheckpointIT extends CheckpointContract {

    @Override
    SandboxProvider open(TitanHome home, HostId host, SandboxdDistribution daemon) {
        Optional<String> image = Optional.ofNullable(System.getProperty("titan.sandbox.image"));
        return new DockerSandboxes(new DockerSettings(Optional.empty(), image), home, host, daemon);
    }

    @Override
    SandboxProvider openOther(TitanHome home, HostId host, SandboxdDistribution daemon) {
        return new LocalSandboxes(home, host, daemon);
    }
}
