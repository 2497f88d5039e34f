package dev.titan.benchmarks.sandbox;

import dev.titan.benchmarks.report.Bar;
import dev.titan.benchmarks.report.Line;
import dev.titan.benchmarks.report.Samples;
import dev.titan.benchmarks.report.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a run has found so far, told to people as it is found. */
final class Findings {

    private final List<Line> lines = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Consumer<String> progress;

    Findings(Consumer<String> progress) {
        this.progress = progress;
    }

    void time(String name, String place, Samples samples, @Nullable Bar bar) {
        add(new Line(name, place, Unit.MILLISECONDS, samples, bar));
    }

    void memory(String name, String place, Samples samples, @Nullable Bar bar) {
        add(new Line(name, place, Unit.MEBIBYTES, samples, bar));
    }

    void note(String note) {
        progress.accept(note);
        notes.add(note);
    }

    Optional<Line> find(String name, String place) {
        return lines.stream()
                .filter(line -> line.name().equals(name) && line.place().equals(place))
                .findFirst();
    }

    List<Line> lines() {
        return lines;
    }

    List<String> notes() {
        return notes;
    }

    private void add(Line line) {
        lines.add(line);
        progress.accept("%s, %s: p50 %.2f %s"
                .formatted(
                        line.name(),
                        line.place(),
                        line.samples().percentile(50),
                        line.unit().symbol()));
    }
}
