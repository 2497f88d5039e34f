package dev.titan.benchmarks.report;

import java.util.Collection;
import java.util.List;

/**
 * What was measured of one operation. Percentiles are nearest-rank: each is a sample that was seen, never something between
 * two. A p95 of fewer than 20 samples is their maximum.
 *
 * @param sorted at least one sample, the smallest first
 */
public record Samples(List<Double> sorted) {

    public Samples {
        sorted = List.copyOf(sorted);
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("no samples");
        }
        for (int index = 1; index < sorted.size(); index++) {
            if (sorted.get(index - 1) > sorted.get(index)) {
                throw new IllegalArgumentException("not in order: " + sorted);
            }
        }
    }

    /** Puts samples in order. */
    public static Samples of(Collection<Double> samples) {
        return new Samples(samples.stream().sorted().toList());
    }

    /** Returns how many there are. */
    public int count() {
        return sorted.size();
    }

    /** Returns the smallest. */
    public double min() {
        return sorted.getFirst();
    }

    /** Returns the largest. */
    public double max() {
        return sorted.getLast();
    }

    /** Returns the smallest sample that at least {@code percent} of a hundred samples do not exceed. */
    public double percentile(int percent) {
        if (percent < 1 || percent > 100) {
            throw new IllegalArgumentException("a percentile is 1 to 100, not " + percent);
        }
        int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
        return sorted.get(Math.max(rank, 1) - 1);
    }
}
