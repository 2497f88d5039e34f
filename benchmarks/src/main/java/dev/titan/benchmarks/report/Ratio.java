package dev.titan.benchmarks.report;

/**
 * The medians of two lines of one run, divided.
 *
 * @param slower the line that is divided
 * @param quicker the line that divides
 */
public record Ratio(Line slower, Line quicker) {

    /** Returns how many times the quicker goes into the slower; below 1 when it is the slower one after all. */
    public double times() {
        return slower.samples().percentile(50) / quicker.samples().percentile(50);
    }
}
