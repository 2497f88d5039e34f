package dev.titan.benchmarks.sandbox;

import dev.titan.benchmarks.Sampling;
import dev.titan.benchmarks.report.Bar;
import dev.titan.benchmarks.report.Findings;
import dev.titan.benchmarks.report.Samples;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.sandbox.SandboxProvider;
import dev.titan.sandbox.SandboxSpec;
import dev.titan.sandbox.WarmSandboxes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The lines of one provider, through the interface Titan itself uses. */
final class ProviderBench {

    static final String COMMAND_TRUE = "warm command, true";

    /** A cold create takes most of a second; 20 samples make a p95 more than a maximum. */
    private static final int COLD_ROUNDS = 20;

    private static final Duration COLD_TIME = Duration.ofSeconds(15);
    private static final Duration COMMAND_TIME = Duration.ofSeconds(3);

    /** The first command of a daemon loads what commands need; few, because a task does not run hundreds either. */
    private static final int COMMAND_WARM_UP = 20;

    /** All sizes of a machine have to carry idle sandboxes; the bars are for the engine that locks them best. */
    private static final double IDLE_MIB_MAX = 45;

    private final SandboxProvider provider;
    private final SandboxBenchOptions options;
    private final Findings findings;

    ProviderBench(SandboxProvider provider, SandboxBenchOptions options, Findings findings) {
        this.provider = provider;
        this.options = options;
        this.findings = findings;
    }

    void run() throws Exception {
        startAndEnd();
        if (provider.pool().isPresent()) {
            claims(provider.pool().get());
        }
        commands();
        CheckpointBench.run(provider, options, findings);
        idle();
    }

    private void startAndEnd() throws Exception {
        List<Double> cold = new ArrayList<>();
        List<Double> destroy = new ArrayList<>();
        startAndEnd(new ArrayList<>(), new ArrayList<>());
        new Sampling(Math.min(COLD_ROUNDS, options.rounds()), COLD_TIME).repeat(() -> startAndEnd(cold, destroy));
        findings.time("cold create, to the first output", provider.name(), Samples.of(cold), Bar.p50(900));
        findings.time("destroy", provider.name(), Samples.of(destroy), Bar.p95(300));
    }

    private void startAndEnd(List<Double> cold, List<Double> destroy) throws Exception {
        SandboxSpec spec = Specs.next();
        cold.add(Sampling.millis(() -> new Commands(provider.create(spec), spec.task()).echo()));
        destroy.add(Sampling.millis(() -> provider.destroy(spec.id())));
    }

    /** Each is made ahead just before, so nothing but the claim and the command is in the time. */
    private void claims(WarmSandboxes pool) throws Exception {
        List<Double> claim = new ArrayList<>();
        claim(pool, new ArrayList<>());
        new Sampling(Math.min(COLD_ROUNDS, options.rounds()), COLD_TIME).repeat(() -> claim(pool, claim));
        findings.time("warm claim, to the first output", provider.name(), Samples.of(claim), Bar.p50(20));
    }

    private void claim(WarmSandboxes pool, List<Double> claim) throws Exception {
        pool.add(Specs.SHAPE);
        SandboxSpec spec = Specs.next();
        claim.add(Sampling.millis(() -> new Commands(provider.create(spec), spec.task()).echo()));
        provider.destroy(spec.id());
    }

    private void commands() throws Exception {
        SandboxSpec spec = Specs.next();
        Workspace workspace = provider.create(spec);
        Commands commands = new Commands(workspace, spec.task());
        new Sampling(Math.min(COMMAND_WARM_UP, options.rounds()), COMMAND_TIME).of(commands::echo);
        Sampling sampling = new Sampling(options.rounds(), COMMAND_TIME);
        findings.time(COMMAND_TRUE, provider.name(), sampling.of(commands::doNothing), Bar.p50(3));
        findings.time("warm command, echo", provider.name(), sampling.of(commands::echo), Bar.p50(3));
        provider.destroy(spec.id());
    }

    private void idle() throws Exception {
        IdleSandboxes idle = new IdleSandboxes(provider);
        double each = idle.fill(options.idle(), options.settle());
        Samples own = idle.own();
        boolean isDisturbed = each < own.percentile(50);
        findings.memory(
                "memory of each of %d idle".formatted(idle.count()),
                provider.name(),
                Samples.of(List.of(each)),
                isDisturbed ? null : Bar.p50(IDLE_MIB_MAX));
        findings.memory("of it, what its processes wrote", provider.name(), own, null);
        if (isDisturbed) {
            findings.note(("%s: other programs gave back memory meanwhile, so what the machine has left says nothing of"
                            + " idle sandboxes")
                    .formatted(provider.name()));
        }
        if (idle.count() < options.idle()) {
            findings.note("%s: only %d of %d idle sandboxes were made in the time there is"
                    .formatted(provider.name(), idle.count(), options.idle()));
        }
        idle.end();
    }
}
