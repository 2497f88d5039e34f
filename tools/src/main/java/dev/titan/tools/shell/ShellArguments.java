package dev.titan.tools.shell;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.titan.contracts.sandbox.ExecCommand.Input;
import dev.titan.contracts.sandbox.TerminalSize;
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
 * @param background whether to answer at once and let it run on
 * @param terminal whether it gets a terminal; for one in the background only
 */
public record ShellArguments(
        @JsonPropertyDescription("The bash command line, run with bash -c.")
        String command,

        @JsonPropertyDescription("Directory to run in, relative to /work. Default: /work.") @Nullable
        String workdir,

        @JsonPropertyDescription(
                "Seconds after which the command and all its processes are killed, 1-3600. Default: 30; in the background a day.")
        @Nullable
        Integer timeoutS,

        @JsonPropertyDescription("Environment variables to add.") @Nullable
        Map<String, String> env,

        @JsonPropertyDescription("true: start it, do not wait for its end. Default: false.") @Nullable
        Boolean background,

        @JsonPropertyDescription(
                "true, with background: give it a terminal, for programs that want one. Default: false.")
        @Nullable
        Boolean terminal) {

    /** Linux: one argument of a program is at most 131,072 bytes (MAX_ARG_STRLEN). */
    public static final int COMMAND_BYTES_MAX = 100_000;

    /** Quick commands are the rule; a forgotten prompt should not cost a minute. */
    public static final int TIMEOUT_S_DEFAULT = 30;

    /** An hour is the longest build anybody waits for in one call. */
    public static final int TIMEOUT_S_MAX = 3_600;

    /** What runs in the background is ended by the task, not by the clock; a day is the bound for one that is forgotten. */
    public static final Duration BACKGROUND_TIMEOUT = Duration.ofDays(1);

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
        if (Boolean.TRUE.equals(terminal) && !Boolean.TRUE.equals(background)) {
            throw new IllegalArgumentException("terminal: needs background, since nobody could type otherwise");
        }
    }

    /** A command line that is waited for. */
    public ShellArguments(
            String command, @Nullable String workdir, @Nullable Integer timeoutS, @Nullable Map<String, String> env) {
        this(command, workdir, timeoutS, env, null, null);
    }

    boolean inBackground() {
        return Boolean.TRUE.equals(background);
    }

    Duration timeout() {
        if (timeoutS != null) {
            return Duration.ofSeconds(timeoutS);
        }
        return inBackground() ? BACKGROUND_TIMEOUT : Duration.ofSeconds(TIMEOUT_S_DEFAULT);
    }

    Input input() {
        if (!inBackground()) {
            return new Input.Given("");
        }
        return Boolean.TRUE.equals(terminal) ? new Input.Terminal(TerminalSize.STANDARD) : new Input.Open();
    }
}
