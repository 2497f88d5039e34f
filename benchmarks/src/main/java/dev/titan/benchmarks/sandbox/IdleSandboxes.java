package dev.titan.benchmarks.sandbox;

import dev.titan.benchmarks.report.Machine;
import dev.titan.benchmarks.report.Samples;
import dev.titan.sandbox.SandboxProvider;
import dev.titan.sandbox.SandboxSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Many sandboxes that do nothing, to see what one costs. By what the machine has left and not by resident sizes, which
 * count what all of them share once for each and miss what kernel and engine hold for them.
 */
final class IdleSandboxes {

    /** A hundred take half of it on two cores that have nothing else to do. */
    private static final Duration FILL_TIME = Duration.ofSeconds(40);

    private static final Duration EMPTY_SETTLE = Duration.ofSeconds(2);

    private final SandboxProvider provider;
    private final ConcurrentLinkedQueue<SandboxSpec> made = new ConcurrentLinkedQueue<>();

    IdleSandboxes(SandboxProvider provider) {
        this.provider = provider;
    }

    /** Makes them and returns what each takes, in MiB. */
    double fill(int count, Duration settle) throws IOException, InterruptedException, ExecutionException {
        double before = available(EMPTY_SETTLE);
        long giveUp = System.nanoTime() + FILL_TIME.toNanos();
        FourAtOnce.run(Collections.nCopies(count, () -> {
            if (System.nanoTime() - giveUp < 0) {
                SandboxSpec spec = Specs.next();
                provider.create(spec);
                made.add(spec);
            }
        }));
        return (before - available(settle)) / made.size();
    }

    /** Returns what the processes of each have for themselves, in MiB. */
    Samples own() throws IOException {
        return Samples.of(
                OwnMemory.mebibytes(made.stream().map(spec -> spec.id().value()).collect(Collectors.toSet())));
    }

    int count() {
        return made.size();
    }

    void end() throws InterruptedException, ExecutionException {
        FourAtOnce.run(Collections.nCopies(
                made.size(), () -> provider.destroy(made.remove().id())));
    }

    /** This program's own garbage is not the sandboxes'. */
    @SuppressWarnings("SystemGc") // the one place where it is the point
    private static double available(Duration settle) throws IOException, InterruptedException {
        TimeUnit.MILLISECONDS.sleep(settle.toMillis());
        System.gc();
        return Machine.availableMiB();
    }
}
