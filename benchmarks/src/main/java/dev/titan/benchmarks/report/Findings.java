package dev.titan.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a run has found so far, told to people as it is found. */
public final class Findings {

    private final List<Line> lines = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Consumer<String> progress;

    /** @param progress hears each line as it is found */
    public Findings(Consumer<String> progress) {
        this.progress = progress;
    }

    /** Adds what an operation took, in milliseconds. */
    public void time(String name, String place, Samples samples, @Nullable Bar bar) {
        add(new Line(name, place, Unit.MILLISECONDS, samples, bar));
    }

    /** Adds what something holds, in MiB. */
    public void memory(String name, String place, Samples samples, @Nullable Bar bar) {
        add(new Line(name, place, Unit.MEBIBYTES, samples, bar));
    }

    /** Adds what a reader has to know. */
    public void note(String note) {
        progress.accept(note);
        notes.add(note);
    }

    /** Returns the line of an operation at a place. */
    public Optional<Line> find(String name, String place) {
        return lines.stream()
                .filter(line -> line.name().equals(name) && line.place().equals(place))
                .findFirst();
    }

    /** Returns every line, in order. */
    public List<Line> lines() {
        return lines;
    }

    /** Returns every note, in order. */
    public List<String> notes() {
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
