package dev.titan.benchmarks.loop;

import java.util.ArrayList;
import java.util.List;

/** The moments at which the steps of one task began. Thread-safe. */
final class Beats {

    private static final double NANOS_PER_MS = 1_000_000;

    private final List<Long> moments = new ArrayList<>();

    synchronized void beat() {
        moments.add(System.nanoTime());
    }

    /** Forgets what it has, and returns the milliseconds from step to step, without the first ones of the task. */
    synchronized List<Double> take() {
        List<Double> gaps = new ArrayList<>();
        for (int step = LoopBenchOptions.FIRST_STEPS; step < moments.size(); step++) {
            gaps.add((moments.get(step) - moments.get(step - 1)) / NANOS_PER_MS);
        }
        moments.clear();
        return gaps;
    }
}
