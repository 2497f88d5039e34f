package dev.titan.benchmarks.sandbox;

import dev.titan.benchmarks.Sampling;
import dev.titan.benchmarks.report.Bar;
import dev.titan.benchmarks.report.Findings;
import dev.titan.benchmarks.report.Samples;
import dev.titan.contracts.checkpoint.Manifest;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.sandbox.SandboxProvider;
import dev.titan.sandbox.SandboxSpec;
import dev.titan.sandbox.checkpoint.CheckpointRestore;
import dev.titan.sandbox.checkpoint.CheckpointTaking;
import dev.titan.sandbox.checkpoint.Taken;
import dev.titan.testing.checkpoint.BlobsInMemory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Checkpoints of a workspace the size of a small project, with a store that takes no time. */
final class CheckpointBench {

    private static final int LARGE_ROUNDS = 5;
    private static final int SMALL_ROUNDS = 30;
    private static final Duration TIME = Duration.ofSeconds(5);

    private final SandboxProvider provider;
    private final SandboxBenchOptions options;
    private final Findings findings;
    private final Workspace workspace;
    private final Commands commands;
    private BlobsInMemory blobs = new BlobsInMemory();
    private int writes;

    CheckpointBench(SandboxProvider provider, SandboxBenchOptions options, Findings findings, SandboxSpec spec) {
        this.provider = provider;
        this.options = options;
        this.findings = findings;
        this.workspace = provider.create(spec);
        this.commands = new Commands(workspace, spec.task());
    }

    /** Measures in a sandbox of its own each. */
    static void run(SandboxProvider provider, SandboxBenchOptions options, Findings findings) throws Exception {
        SandboxSpec spec = Specs.next();
        new CheckpointBench(provider, options, findings, spec).run();
        provider.destroy(spec.id());
    }

    private void run() throws Exception {
        List<Double> all = new ArrayList<>();
        sampling(LARGE_ROUNDS).repeat(() -> {
            writeAll();
            blobs = new BlobsInMemory();
            all.add(Sampling.millis(() -> stored("")));
        });
        findings.time("checkpoint, 5,000 new files", provider.name(), Samples.of(all), null);

        List<Double> one = new ArrayList<>();
        String known = stored("").fingerprint();
        sampling(SMALL_ROUNDS).repeat(() -> {
            commands.quietly("echo %d > 1/1".formatted(++writes));
            one.add(Sampling.millis(() -> stored(known)));
        });
        findings.time("checkpoint, 1 of 5,000 files new", provider.name(), Samples.of(one), null);

        Manifest manifest = stored("");
        findings.time(
                "checkpoint, 5,000 files unchanged",
                provider.name(),
                sampling(SMALL_ROUNDS).of(() -> expectUnchanged(manifest)),
                Bar.p50(15));

        List<Double> restored = new ArrayList<>();
        sampling(LARGE_ROUNDS).repeat(() -> restored.add(restore(manifest)));
        findings.time("restore, 5,000 files", provider.name(), Samples.of(restored), null);
    }

    /** 5,000 files of some bytes in 50 directories, all of them new each time. */
    private void writeAll() {
        commands.quietly("for d in $(seq 50); do mkdir -p $d; for f in $(seq 100); do echo %d $d $f > $d/$f; done; done"
                .formatted(++writes));
    }

    private Sampling sampling(int rounds) {
        return new Sampling(Math.min(rounds, options.rounds()), TIME);
    }

    private Manifest stored(String known) {
        return switch (take(known)) {
            case Taken.Stored(Manifest manifest) -> manifest;
            case Taken.Unchanged _, Taken.TooLarge _ ->
                throw new IllegalStateException("a changed workspace was not stored");
        };
    }

    private void expectUnchanged(Manifest manifest) {
        if (!(take(manifest.fingerprint()) instanceof Taken.Unchanged)) {
            throw new IllegalStateException("nothing has changed, and yet something was stored");
        }
    }

    private Taken take(String known) {
        return new CheckpointTaking(workspace.snapshots(), blobs, () -> {}).take(known);
    }

    private double restore(Manifest manifest) throws Exception {
        SandboxSpec spec = Specs.next();
        Workspace fresh = provider.create(spec);
        double millis =
                Sampling.millis(() -> new CheckpointRestore(fresh.snapshots(), blobs, () -> {}).restore(manifest));
        provider.destroy(spec.id());
        return millis;
    }
}
