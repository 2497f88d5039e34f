package dev.titan.cli;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Prints lines, with colours only where a person sees them. What a task prints cannot steer the terminal. */
final class Screen {

    /** Control characters except the tab, and the C1 range, which some terminals obey as well. */
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f\\x80-\\x9f]");

    private static final Pattern ESCAPE_SEQUENCE = Pattern.compile("\u001b\\[[0-9;?]*[ -/]*[@-~]");

    private final PrintStream out;
    private final boolean colours;

    Screen(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    /** A screen on standard output; colours where it is a terminal and {@code NO_COLOR} is not set. */
    static Screen standard() {
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        return new Screen(System.out, terminal && System.getenv("NO_COLOR") == null);
    }

    void print(Line line) {
        String text = (line.mark().isEmpty() ? "" : line.mark() + " ") + safe(line.text());
        out.println(" ".repeat(line.indent()) + (colours ? line.style().on(text) : text));
        out.flush();
    }

    static String safe(String text) {
        String withoutSequences = ESCAPE_SEQUENCE.matcher(text).replaceAll("");
        return CONTROL.matcher(withoutSequences.replace("\n", " ")).replaceAll("");
    }

    static String seconds(Duration duration) {
        long millis = duration.toMillis();
        return millis < 10_000
                ? "%.1f s".formatted(millis / 1000.0)
                : millis < 120_000
                        ? "%d s".formatted(millis / 1000)
                        : "%d min %02d s".formatted(millis / 60_000, millis / 1000 % 60);
    }

    static String bytes(long bytes) {
        return bytes < 1024
                ? bytes + " B"
                : bytes < 1024 * 1024
                        ? "%.1f KiB".formatted(bytes / 1024.0)
                        : "%.1f MiB".formatted(bytes / 1024.0 / 1024.0);
    }
}
