package dev.titan.benchmarks.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One run.
 *
 * @param at when it began
 * @param took how long it took
 * @param machine where
 * @param lines what was measured, in order
 * @param ratios what the run says about two of its lines
 * @param notes what a reader has to know, such as a line that was left out
 */
public record Report(
        Instant at, Duration took, Machine machine, List<Line> lines, List<Ratio> ratios, List<String> notes) {

    public Report {
        lines = List.copyOf(lines);
        ratios = List.copyOf(ratios);
        notes = List.copyOf(notes);
    }
}
