package dev.titan.benchmarks.loop;

import java.nio.file.Path;
import java.util.List;

/**
 * What a run is asked for.
 *
 * @param steps of each task that is measured
 * @param rounds tasks of each kind, taken in turns
 * @param warmUp tasks that a process works on before its whole steps are measured
 * @param providers names of the sandbox providers to measure whole steps on, {@code docker}, {@code local}
 * @param postgresBinaries where PostgreSQL's programs are unpacked, or lie already
 */
public record LoopBenchOptions(int steps, int rounds, int warmUp, List<String> providers, Path postgresBinaries) {

    /** The first steps of a task fill caches and are not measured. */
    static final int FIRST_STEPS = 10;

    public LoopBenchOptions {
        providers = List.copyOf(providers);
        if (steps <= FIRST_STEPS || rounds < 1 || warmUp < 1) {
            throw new IllegalArgumentException(
                    "more than %d steps, at least one round and one task to warm up: --steps %d --rounds %d --warm-up %d"
                            .formatted(FIRST_STEPS, steps, rounds, warmUp));
        }
    }
}
