package dev.titan.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where a command shows things: lines that stay and, on a terminal, one line below them that says what is going on.
 * Colours only where a person sees them; what a task prints cannot steer the terminal. Thread-safe.
 */
final class Screen {

    /** Narrower than any terminal in use, so that the line that is overwritten never wraps. */
    private static final int STATUS_CHARS_MAX = 76;

    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final PrintStream out;
    private final boolean live;
    private String status = "";

    /**
     * A screen on a stream.
     *
     * @param live whether a person sees it: with colours, and with a line that is overwritten
     */
    Screen(PrintStream out, boolean live) {
        this.out = out;
        this.live = live;
    }

    /** A screen on standard output; colours where it is a terminal and {@code NO_COLOR} is not set (no-color.org). */
    static Screen standard() {
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false)
                        && !"dumb".equals(System.getenv("TERM"));
        boolean colours = System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
        PrintStream out =
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, charset(System.out.charset()));
        return new Screen(out, terminal && colours);
    }

    /** A machine without a locale says ASCII and means UTF-8: the assumption of PEP 538, which has proved right. */
    private static Charset charset(Charset said) {
        return said.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : said;
    }

    /** Shows a line for good. */
    synchronized void print(Line line) {
        clearStatus();
        String text = line.text().isEmpty() ? "" : SafeText.of(line.text());
        String marked = line.mark().isEmpty() ? text : line.mark() + " " + text;
        out.println(" ".repeat(line.indent()) + (live ? line.style().on(marked) : marked));
        showStatus();
    }

    /** Says what is going on, until something else is said; not shown where lines cannot be overwritten. */
    synchronized void status(String text) {
        if (!live) {
            return;
        }
        clearStatus();
        String safe = SafeText.of(text);
        status = safe.length() <= STATUS_CHARS_MAX ? safe : safe.substring(0, STATUS_CHARS_MAX - 1) + "…";
        showStatus();
    }

    private void clearStatus() {
        if (!status.isEmpty()) {
            out.print(CLEAR_LINE);
        }
    }

    private void showStatus() {
        if (!status.isEmpty()) {
            out.print(Style.DIM.on(status));
        }
        out.flush();
    }
}
