package dev.titan.benchmarks.loop;

import dev.titan.benchmarks.Sampling;
import dev.titan.benchmarks.report.Findings;
import dev.titan.benchmarks.report.Machine;
import dev.titan.benchmarks.report.Ratio;
import dev.titan.benchmarks.report.Report;
import dev.titan.contracts.task.Lanes;
import dev.titan.dev.EmbeddedStack;
import dev.titan.dev.EmbeddedStackOptions;
import dev.titan.dev.home.StackPorts;
import dev.titan.dev.home.TitanHome;
import dev.titan.dev.temporal.TemporalCliFinder.FetchPolicy;
import dev.titan.testing.system.TestHome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A run: the loop beside a bare one, then whole steps, all on one server with a home of its own. */
public final class LoopBench {

    private final LoopBenchOptions options;
    private final Consumer<Sampling.Operation> cleanup;
    private final Consumer<String> progress;

    /**
     * @param options what is asked for
     * @param cleanup takes what has to be done at the end, however it comes
     * @param progress hears lines for people
     */
    public LoopBench(LoopBenchOptions options, Consumer<Sampling.Operation> cleanup, Consumer<String> progress) {
        this.options = options;
        this.cleanup = cleanup;
        this.progress = progress;
    }

    /** Measures everything. */
    public Report run() throws Exception {
        EmbeddedStack stack = stack();
        Findings findings = new Findings(progress);
        Instant at = Instant.now();
        long begin = System.nanoTime();
        Machine machine = Machine.here(stack.temporal().banner());
        List<Ratio> ratios =
                new OwnCost(options, findings).measure(stack.temporal().target());
        WholeStep steps = new WholeStep(options, findings, settings(stack));
        for (String provider : options.providers()) {
            for (Lanes lanes : Lanes.values()) {
                steps.measure(provider, lanes);
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return new Report(at, took, machine, findings.lines(), ratios, findings.notes());
    }

    private EmbeddedStack stack() {
        TestHome home = TestHome.create();
        cleanup.accept(home::close);
        EmbeddedStack stack = EmbeddedStack.start(new EmbeddedStackOptions(
                new TitanHome(home.path()),
                StackPorts.ANY,
                options.postgresBinaries(),
                FetchPolicy.FETCH,
                System.getenv(),
                progress));
        cleanup.accept(stack::close);
        return stack;
    }

    private static Map<String, String> settings(EmbeddedStack stack) {
        return Map.of(
                "DATABASE_URL", stack.postgres().jdbcUrl(),
                "DATABASE_USER", stack.postgres().user(),
                "DATABASE_PASSWORD", stack.postgres().password(),
                "TEMPORAL_ADDRESS", stack.temporal().target());
    }
}
