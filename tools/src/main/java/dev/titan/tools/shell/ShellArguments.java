package dev.titan.tools.shell;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of {@link ShellTool}.
 *
 * @param command a bash command line of at most {@value #COMMAND_BYTES_MAX} bytes
 * @param workdir absolute inside the workspace, or relative to it; absent is its root
 * @param timeoutS seconds, 1–{@value #TIMEOUT_S_MAX}; absent is {@value #TIMEOUT_S_DEFAULT}
 * @param env variables added to the sandbox's own
 */
public record ShellArguments(
        @JsonPropertyDescription("The bash command line, run with bash -c.")
        String command,

        @JsonPropertyDescription("Directory to run in, relative to /work. Default: /work.") @Nullable
        String workdir,

        @JsonPropertyDescription(
                "Seconds after which the command and all its processes are killed, 1-3600. Default: 30.")
        @Nullable
        Integer timeoutS,

        @JsonPropertyDescription("Environment variables to add.") @Nullable
        Map<String, String> env) {

    /** Linux: one argument of a program is at most 131,072 bytes (MAX_ARG_STRLEN). */
    public static final int COMMAND_BYTES_MAX = 100_000;

    /** Quick commands are the rule; a forgotten prompt should not cost a minute. */
    public static final int TIMEOUT_S_DEFAULT = 30;

    /** An hour is the longest build anybody waits for in one call. */
    public static final int TIMEOUT_S_MAX = 3_600;

    public ShellArguments {
        if (command.isBlank()) {
            throw new IllegalArgumentException("command: is blank");
        }
        if (command.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("command: holds a NUL character, which no command line can");
        }
        int bytes = command.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > COMMAND_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "command: is %,d bytes, the limit is %,d; write a script with file_write and run that"
                            .formatted(bytes, COMMAND_BYTES_MAX));
        }
        if (timeoutS != null && (timeoutS < 1 || timeoutS > TIMEOUT_S_MAX)) {
            throw new IllegalArgumentException("timeout_s: must be 1-%d, not %d".formatted(TIMEOUT_S_MAX, timeoutS));
        }
    }

    Duration timeout() {
        return Duration.ofSeconds(timeoutS == null ? TIMEOUT_S_DEFAULT : timeoutS);
    }
}
