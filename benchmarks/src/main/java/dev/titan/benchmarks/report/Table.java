package dev.titan.benchmarks.report;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A report for people: the machine, a line for each operation, the ratios. */
public final class Table {

    private static final String ROW = "%-38s %-14s %5s %9s %9s %9s %9s %-4s  %s";

    private Table() {}

    /** Returns it as text, each line ended. */
    public static String of(Report report) {
        return Stream.of(
                        Stream.of(machine(report), "", heading()),
                        report.lines().stream().map(Table::row),
                        Stream.of(""),
                        report.ratios().stream().map(Table::ratio),
                        report.notes().stream().map(note -> "Note: " + note))
                .flatMap(lines -> lines)
                .map(line -> line.stripTrailing() + "\n")
                .collect(Collectors.joining());
    }

    private static String machine(Report report) {
        Machine machine = report.machine();
        return "%d cores, %,d MiB, Linux %s, Java %s%n%s%nload average before the run %s; %s, took %d s"
                .formatted(
                        machine.cores(),
                        machine.memoryMib(),
                        machine.kernel(),
                        machine.java(),
                        machine.engines(),
                        number(machine.load()),
                        report.at(),
                        report.took().toSeconds());
    }

    private static String heading() {
        return ROW.formatted("operation", "where", "n", "min", "p50", "p95", "max", "", "bar");
    }

    private static String row(Line line) {
        Samples samples = line.samples();
        return ROW.formatted(
                line.name(),
                line.place(),
                samples.count(),
                number(samples.min()),
                number(samples.percentile(50)),
                number(samples.percentile(95)),
                number(samples.max()),
                line.unit().symbol(),
                line.bar().map(bar -> verdict(bar, samples)).orElse(""));
    }

    private static String verdict(Bar bar, Samples samples) {
        return "p%d %s".formatted(bar.percent(), verdict(bar.most(), bar.isMetBy(samples)));
    }

    private static String verdict(double most, boolean met) {
        return "<= %s %s".formatted(plain(most), met ? "met" : "MISSED");
    }

    private static String ratio(Ratio ratio) {
        return "%s (%s) takes %s times as long as %s (%s)%s"
                .formatted(
                        ratio.slower().name(),
                        ratio.slower().place(),
                        number(ratio.times()),
                        ratio.quicker().name(),
                        ratio.quicker().place(),
                        ratio.bar()
                                .map(bar -> "; bar " + verdict(bar, ratio.isMet()))
                                .orElse(""));
    }

    /** Three digits that mean something: nobody reads microseconds of something that takes a second. */
    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString(Math.round(value)) : Double.toString(value);
    }
}
