package dev.titan.benchmarks.sandbox;

import dev.titan.benchmarks.Sampling;
import dev.titan.benchmarks.engine.DockerCommandLine;
import dev.titan.benchmarks.engine.PlainContainer;
import dev.titan.benchmarks.report.Findings;
import dev.titan.benchmarks.report.Machine;
import dev.titan.benchmarks.report.Ratio;
import dev.titan.benchmarks.report.Report;
import dev.titan.sandbox.HostId;
import dev.titan.sandbox.Readiness;
import dev.titan.sandbox.SandboxProvider;
import dev.titan.sandbox.SandboxdDistribution;
import dev.titan.sandbox.TitanHome;
import dev.titan.sandbox.WarmSandboxes;
import dev.titan.sandbox.directory.Removal;
import dev.titan.sandbox.docker.DockerSandboxes;
import dev.titan.sandbox.docker.DockerSettings;
import dev.titan.sandbox.local.LocalSandboxes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A run: each provider this host has, and the plain container beside Docker. It has a home of its own, so it neither sees
 * nor touches the sandboxes of a Titan that works on this host.
 */
public final class SandboxBench {

    private static final String DOCKER = "docker";
    private static final String PLAIN = "plain docker";
    private static final String EXEC = "docker exec true, docker-java";
    private static final String RUN = "docker run --rm true, CLI";
    private static final int EXEC_ROUNDS = 50;
    private static final int RUN_ROUNDS = 20;
    private static final Duration COMPARED_TIME = Duration.ofSeconds(6);

    private final SandboxBenchOptions options;
    private final Consumer<Sampling.Operation> cleanup;
    private final Consumer<String> progress;

    /**
     * @param options what is asked for
     * @param cleanup takes what has to be done at the end, however it comes
     * @param progress hears lines for people
     */
    public SandboxBench(SandboxBenchOptions options, Consumer<Sampling.Operation> cleanup, Consumer<String> progress) {
        this.options = options;
        this.cleanup = cleanup;
        this.progress = progress;
    }

    /** Measures everything. */
    public Report run() throws Exception {
        List<String> engines = new ArrayList<>();
        List<SandboxProvider> ready = new ArrayList<>();
        Findings findings = new Findings(progress);
        for (SandboxProvider provider : providers()) {
            if (!options.providers().contains(provider.name())) {
                continue;
            }
            switch (provider.probe()) {
                case Readiness.Ready(String description) -> {
                    engines.add(description);
                    ready.add(provider);
                }
                case Readiness.Missing(String reason, String remedy) ->
                    findings.note("%s is left out: %s (%s)".formatted(provider.name(), reason, remedy));
            }
        }
        if (ready.isEmpty()) {
            throw new IllegalStateException("this host can make no sandbox, so there is nothing to measure");
        }
        for (SandboxProvider provider : ready) {
            provider.prepare(progress);
        }
        Instant at = Instant.now();
        long begin = System.nanoTime();
        Machine machine = Machine.here(String.join(", ", engines));
        for (SandboxProvider provider : ready) {
            new ProviderBench(provider, options, findings).run();
            if (provider.name().equals(DOCKER)) {
                plainContainer(findings);
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return new Report(at, took, machine, findings.lines(), ratios(findings), findings.notes());
    }

    /** Each is cleaned up by what it says is there, which knows also what a run that was stopped has half made. */
    private List<SandboxProvider> providers() throws IOException {
        TitanHome home = new TitanHome(home());
        HostId host = HostId.of(home);
        SandboxdDistribution daemon = new SandboxdDistribution(
                Optional.ofNullable(System.getProperty(SandboxdDistribution.SETTING))
                        .map(Path::of),
                home);
        List<SandboxProvider> providers = List.of(
                new DockerSandboxes(DockerSettings.STANDARD, home, host, daemon),
                new LocalSandboxes(home, host, daemon));
        for (SandboxProvider provider : providers) {
            cleanup.accept(() -> {
                try (provider) {
                    if (provider.probe() instanceof Readiness.Ready) {
                        FourAtOnce.run(provider.list().stream()
                                .<Runnable>map(id -> () -> provider.destroy(id))
                                .toList());
                        provider.pool().ifPresent(SandboxBench::drain);
                    }
                }
            });
        }
        return providers;
    }

    private static void drain(WarmSandboxes pool) {
        while (pool.tend(Specs.SHAPE) > 0) {
            pool.drop(Specs.SHAPE);
        }
    }

    private Path home() throws IOException {
        if (options.home().isPresent()) {
            return options.home().get();
        }
        Path home = Files.createTempDirectory("titan-bench");
        cleanup.accept(() -> Removal.of(home));
        return home;
    }

    private void plainContainer(Findings findings) throws Exception {
        try (PlainContainer container = PlainContainer.start()) {
            cleanup.accept(container::close);
            container.execTrue();
            findings.time(EXEC, PLAIN, compared(EXEC_ROUNDS).of(container::execTrue), null);
        }
        DockerCommandLine.runTrue();
        findings.time(RUN, PLAIN, compared(RUN_ROUNDS).of(DockerCommandLine::runTrue), null);
    }

    private Sampling compared(int rounds) {
        return new Sampling(Math.min(rounds, options.rounds()), COMPARED_TIME);
    }

    private static List<Ratio> ratios(Findings findings) {
        return findings
                .find(EXEC, PLAIN)
                .flatMap(exec ->
                        findings.find(ProviderBench.COMMAND_TRUE, DOCKER).map(ours -> new Ratio(exec, ours, null)))
                .stream()
                .toList();
    }
}
