package dev.titan.benchmarks.report;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The medians of two lines of one run, divided.
 *
 * @param slower the line that is divided
 * @param quicker the line that divides
 * @param most how often it may go, absent when the ratio is there to be known
 */
public record Ratio(Line slower, Line quicker, @Nullable Double most) {

    /** Returns how many times the quicker goes into the slower; below 1 when it is the slower one after all. */
    public double times() {
        return slower.samples().percentile(50) / quicker.samples().percentile(50);
    }

    /** Returns the bar. */
    public Optional<Double> bar() {
        return Optional.ofNullable(most);
    }

    /** Returns whether the bar is met; a ratio without one meets it. */
    public boolean isMet() {
        return bar().map(bar -> times() <= bar).orElse(true);
    }
}
