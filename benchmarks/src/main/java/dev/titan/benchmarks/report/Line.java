package dev.titan.benchmarks.report;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One operation and what was found of it.
 *
 * @param name the operation, for people
 * @param place where it was measured: a provider's name, or what it is compared with
 * @param unit what the samples count
 * @param samples what was found
 * @param requirement the bar, absent for a line that is there to compare with
 */
public record Line(
        String name,
        String place,
        Unit unit,
        Samples samples,
        @Nullable Bar requirement) {

    /** Returns the bar. */
    public Optional<Bar> bar() {
        return Optional.ofNullable(requirement);
    }
}
