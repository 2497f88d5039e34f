package dev.titan.sandboxd.protocol;

import java.util.List;
import java.util.Map;

/**
 * A command to start.
 *
 * @param argv program and arguments
 * @param workdir absolute below the workspace or relative to it; empty means the workspace itself
 * @param env variables added to the sandbox's own
 * @param timeoutMs after which the whole process tree is killed, in milliseconds; positive
 * @param stdin bytes for standard input, sent as UTF-8
 */
public record ExecRequest(List<String> argv, String workdir, Map<String, String> env, long timeoutMs, String stdin) {

    public ExecRequest {
        argv = List.copyOf(argv);
        env = Map.copyOf(env);
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("argv is empty");
        }
        if (timeoutMs <= 0) {
            throw new IllegalArgumentException("timeout_ms must be positive, not " + timeoutMs);
        }
    }
}
