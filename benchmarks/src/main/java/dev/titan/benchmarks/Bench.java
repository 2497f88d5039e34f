package dev.titan.benchmarks;

import dev.titan.benchmarks.loop.LoopBench;
import dev.titan.benchmarks.loop.LoopBenchOptions;
import dev.titan.benchmarks.report.Json;
import dev.titan.benchmarks.report.Report;
import dev.titan.benchmarks.report.Table;
import dev.titan.benchmarks.sandbox.SandboxBench;
import dev.titan.benchmarks.sandbox.SandboxBenchOptions;
import dev.titan.dev.postgres.PostgresBinaries;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program. Prints the result to standard output and what it is doing to standard error. */
@Command(
        name = "titan bench",
        mixinStandardHelpOptions = true,
        description = "Measures Titan on this machine, with the bar beside each figure.")
public final class Bench implements Runnable {

    private final Cleanup cleanup;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before it calls anything
    private CommandSpec spec;

    private Bench(Cleanup cleanup) {
        this.cleanup = cleanup;
    }

    public static void main(String[] arguments) {
        Cleanup cleanup = new Cleanup();
        int status;
        try (cleanup) {
            status = new CommandLine(new Bench(cleanup))
                    .setExecutionExceptionHandler((failure, command, parsed) -> told(cleanup, failure))
                    .execute(arguments);
        }
        // While the JVM is ending already, exit would wait for the very hook that waits for this thread.
        if (!cleanup.isStopping()) {
            System.exit(status);
        }
    }

    private static int told(Cleanup cleanup, Exception failure) {
        System.err.println("bench: " + (cleanup.isStopping() ? "stopped; cleaning up" : failure));
        return CommandLine.ExitCode.SOFTWARE;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Say what to measure: " + String.join(", ", spec.subcommands().keySet()));
    }

    @Command(
            name = "sandbox",
            mixinStandardHelpOptions = true,
            description =
                    "Sandboxes: starting, commands, ending, idle memory, beside plain containers of the same engine.")
    int sandbox(
            @Option(
                            names = "--idle",
                            paramLabel = "N",
                            defaultValue = "100",
                            description = "Idle sandboxes at once for the memory line (default: ${DEFAULT-VALUE}).")
                    int idle,
            @Option(
                            names = "--rounds",
                            paramLabel = "N",
                            defaultValue = "200",
                            description = "Samples at most of each line (default: ${DEFAULT-VALUE}).")
                    int rounds,
            @Option(
                            names = "--settle",
                            paramLabel = "SECONDS",
                            defaultValue = "12",
                            description = "How long they idle before it is read; a daemon gives back what starting"
                                    + " took after 10 (default: ${DEFAULT-VALUE}).")
                    int settleSeconds,
            @Option(
                            names = "--on",
                            split = ",",
                            paramLabel = "PROVIDER",
                            defaultValue = "docker,local",
                            description = "What to measure (default: ${DEFAULT-VALUE}).")
                    List<String> providers,
            @Option(names = "--json", description = "Print one JSON object instead of the table.") boolean json,
            @Option(
                            names = "--home",
                            paramLabel = "DIR",
                            description = "Keep the sandboxes' places here instead of in a temporary directory.")
                    @Nullable
                    Path home)
            throws Exception {
        SandboxBenchOptions options =
                new SandboxBenchOptions(idle, Duration.ofSeconds(settleSeconds), rounds, providers, home);
        return print(new SandboxBench(options, cleanup::add, Bench::tell).run(), json);
    }

    @Command(
            name = "loop",
            mixinStandardHelpOptions = true,
            description = "The agent loop: its own cost beside bare Temporal in both lanes, and whole steps.")
    int loop(
            @Option(
                            names = "--steps",
                            paramLabel = "N",
                            defaultValue = "110",
                            description = "Steps of each task; the first 10 are not counted"
                                    + " (default: ${DEFAULT-VALUE}).")
                    int steps,
            @Option(
                            names = "--rounds",
                            paramLabel = "N",
                            defaultValue = "3",
                            description = "Tasks of each kind that are counted (default: ${DEFAULT-VALUE}).")
                    int rounds,
            @Option(
                            names = "--warm-up",
                            paramLabel = "N",
                            defaultValue = "15",
                            description = "Tasks that a process works on before its whole steps are measured"
                                    + " (default: ${DEFAULT-VALUE}).")
                    int warmUp,
            @Option(
                            names = "--on",
                            split = ",",
                            paramLabel = "PROVIDER",
                            defaultValue = "docker,local",
                            description = "Where whole steps run (default: ${DEFAULT-VALUE}).")
                    List<String> providers,
            @Option(names = "--json", description = "Print one JSON object instead of the table.") boolean json)
            throws Exception {
        LoopBenchOptions options = new LoopBenchOptions(steps, rounds, warmUp, providers, PostgresBinaries.shared());
        return print(new LoopBench(options, cleanup::add, Bench::tell).run(), json);
    }

    private static int print(Report report, boolean json) {
        System.out.print(json ? Json.of(report) + "\n" : Table.of(report));
        return CommandLine.ExitCode.OK;
    }

    private static void tell(String line) {
        System.err.println("bench: " + line);
    }
}
