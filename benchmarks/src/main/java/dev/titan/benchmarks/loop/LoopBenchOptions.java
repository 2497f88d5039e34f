package dev.titan.benchmarks.loop;

import java.nio.file.Path;
import java.util.List;

/**
 * What a run is asked for.
 *
 * @param steps of each task that is measured
 * @param rounds tasks of each kind, taken in turns
 * @param providers names of the sandbox providers to measure whole steps on, {@code docker}, {@code local}
 * @param postgresBinaries where PostgreSQL's programs are unpacked, or lie already
 */
public record LoopBenchOptions(int steps, int rounds, List<String> providers, Path postgresBinaries) {

    /** The first steps of a task fill caches and are not measured. */
    static final int WARM_UP = 10;

    public LoopBenchOptions {
        providers = List.copyOf(providers);
        if (steps <= WARM_UP || rounds < 1) {
            throw new IllegalArgumentException("more than %d steps and at least one round: --steps %d --rounds %d"
                    .formatted(WARM_UP, steps, rounds));
        }
    }
}
