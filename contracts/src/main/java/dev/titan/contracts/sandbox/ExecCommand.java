package dev.titan.contracts.sandbox;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
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
 * @param input what it reads
 */
public record ExecCommand(List<String> argv, String workdir, Map<String, String> env, Duration timeout, Input input) {

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

    /** A command whose whole standard input is known. */
    public ExecCommand(List<String> argv, String workdir, Map<String, String> env, Duration timeout, String stdin) {
        this(argv, workdir, env, timeout, new Input.Given(stdin));
    }

    /** A bash command line in the root of the workspace. */
    public static ExecCommand bash(String commandLine, Duration timeout) {
        return new ExecCommand(List.of("/bin/bash", "-c", commandLine), Workspace.ROOT, Map.of(), timeout, "");
    }

    /** What a command reads, and by that what its standard streams are. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Input.Given.class, name = "given"),
        @JsonSubTypes.Type(value = Input.Open.class, name = "open"),
        @JsonSubTypes.Type(value = Input.Terminal.class, name = "terminal")
    })
    public sealed interface Input {

        /**
         * All of standard input, which is closed after it.
         *
         * @param text sent as UTF-8
         */
        record Given(String text) implements Input {}

        /** Standard input stays open for {@link RunningCommand#write}. */
        record Open() implements Input {}

        /**
         * Standard input, output and error are one terminal, whose foreground the command is in.
         *
         * @param size its size at first
         */
        record Terminal(TerminalSize size) implements Input {}
    }
}
