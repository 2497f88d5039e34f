package dev.titan.sandbox;

import dev.titan.contracts.sandbox.ExecCommand;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.sandbox.Workspace.OutputListener;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.EffectId;
import dev.titan.sandbox.docker.DockerSandboxes;
import dev.titan.sandbox.docker.DockerSettings;
import dev.titan.sandbox.local.LocalSandboxes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A process of its own that creates a sandbox and waits for a command in it, until somebody kills the process. */
final class CrashingOwner {

    private CrashingOwner() {}

    /** Arguments: provider, home, task, effect, command line, image or nothing. */
    public static void main(String[] arguments) {
        SandboxProvider provider = provider(arguments[0], new TitanHome(Path.of(arguments[1])), arguments[5]);
        Workspace workspace = provider.create(SandboxSpec.standard(new TaskId(arguments[2])));
        workspace.exec(
                EffectId.parse(arguments[3]),
                ExecCommand.bash(arguments[4], Duration.ofMinutes(1)),
                OutputListener.IGNORE);
    }

    /** Opens a provider by its name, with an image or the usual one. */
    static SandboxProvider provider(String name, TitanHome home, String image) {
        SandboxdDistribution daemon = OneSandbox.daemon(home);
        DockerSettings settings =
                new DockerSettings(Optional.empty(), Optional.of(image).filter(set -> !set.isEmpty()));
        return switch (name) {
            case "docker" -> new DockerSandboxes(settings, home, HostId.of(home), daemon);
            case "kubernetes" -> KubernetesSandboxIT.provider(home, HostId.of(home));
            default -> new LocalSandboxes(home, HostId.of(home), daemon);
        };
    }
}
