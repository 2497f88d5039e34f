package dev.titan.benchmarks.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run is asked for.
 *
 * @param idle sandboxes of each provider that idle at once
 * @param settle how long they idle before their memory is read
 * @param rounds samples at most of each line; slow operations have fewer
 * @param providers names of the providers to measure, {@code docker}, {@code local}
 * @param directory where the sandboxes have their places; absent for a temporary directory
 */
public record SandboxBenchOptions(
        int idle,
        Duration settle,
        int rounds,
        List<String> providers,
        @Nullable Path directory) {

    public SandboxBenchOptions {
        providers = List.copyOf(providers);
        if (idle < 1 || rounds < 1) {
            throw new IllegalArgumentException("at least one of each: --idle %d --rounds %d".formatted(idle, rounds));
        }
    }

    Optional<Path> home() {
        return Optional.ofNullable(directory);
    }
}
