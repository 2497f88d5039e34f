package dev.titan.sandboxd.protocol;

import dev.titan.contracts.sandbox.ExecCommand.Input;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A command to start.
 *
 * @param argv program and arguments
 * @param workdir absolute below the workspace or relative to it; empty means the workspace itself
 * @param env variables added to the sandbox's own
 * @param timeoutMs after which the whole process tree is killed, in milliseconds; positive
 * @param input what it reads
 */
public record ExecRequest(List<String> argv, String workdir, Map<String, String> env, long timeoutMs, Input input) {

    public ExecRequest {
        argv = List.copyOf(argv);
        env = Map.copyOf(env);
        Objects.requireNonNull(input, "input is null");
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("argv is empty");
        }
        if (timeoutMs <= 0) {
            throw new IllegalArgumentException("timeout_ms must be positive, not " + timeoutMs);
        }
    }
}
