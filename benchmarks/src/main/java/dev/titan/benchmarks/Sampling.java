package dev.titan.benchmarks;

import dev.titan.benchmarks.report.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How often an operation is measured: so many times, or until the time is up, whichever comes first, and once at least. A
 * slow machine then has fewer samples and not a longer run.
 *
 * @param rounds samples wanted
 * @param most time after which no further sample is begun
 */
public record Sampling(int rounds, Duration most) {

    private static final double NANOS_PER_MS = 1_000_000;

    public Sampling {
        if (rounds < 1) {
            throw new IllegalArgumentException("at least one round, not " + rounds);
        }
    }

    /** Something that takes time. */
    @FunctionalInterface
    public interface Operation {
        void run() throws Exception;
    }

    /** Measures an operation as a whole, in milliseconds. */
    public Samples of(Operation operation) throws Exception {
        List<Double> samples = new ArrayList<>();
        repeat(() -> samples.add(millis(operation)));
        return Samples.of(samples);
    }

    /** Repeats something that keeps samples of its own parts. */
    public void repeat(Operation round) throws Exception {
        long giveUp = System.nanoTime() + most.toNanos();
        for (int i = 0; i == 0 || (i < rounds && System.nanoTime() - giveUp < 0); i++) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException("told to stop");
            }
            round.run();
        }
    }

    /** Returns how many milliseconds an operation takes. */
    public static double millis(Operation operation) throws Exception {
        long begin = System.nanoTime();
        operation.run();
        return (System.nanoTime() - begin) / NANOS_PER_MS;
    }
}
