package dev.titan.contracts.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A command to run in a sandbox, in a process group of its own that is killed as a whole.
 *
 * @param argv program and arguments; the program is looked up on the sandbox's PATH
 * @param workdir absolute, or relative to the workspace; must lie inside the workspace
 * @param env variables added to the sandbox's own
 * @param timeout after which the process group is killed
 * @param stdin bytes for standard input, which is closed after them
 */
public record ExecCommand(List<String> argv, String workdir, Map<String, String> env, Duration timeout, String stdin) {

    public ExecCommand {
        argv = List.copyOf(argv);
        env = Map.copyOf(env);
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("argv is empty");
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("timeout must be positive, not " + timeout);
        }
    }

    /** A bash command line in the root of the workspace. */
    public static ExecCommand bash(String commandLine, Duration timeout) {
        return new ExecCommand(List.of("/bin/bash", "-c", commandLine), Workspace.ROOT, Map.of(), timeout, "");
    }
}
