package dev.titan.benchmarks.report;

/**
 * What a line has to meet.
 *
 * @param percent the percentile that counts, 50 or 95
 * @param most the largest value that meets it, in the line's unit
 */
public record Bar(int percent, double most) {

    /** The median may be that much. */
    public static Bar p50(double most) {
        return new Bar(50, most);
    }

    /** Of 20 samples, 19 may be that much. */
    public static Bar p95(double most) {
        return new Bar(95, most);
    }

    /** Returns whether the samples meet it. */
    public boolean isMetBy(Samples samples) {
        return samples.percentile(percent) <= most;
    }
}
