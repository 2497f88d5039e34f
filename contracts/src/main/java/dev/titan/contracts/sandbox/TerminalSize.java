package dev.titan.contracts.sandbox;

/**
 * How large a terminal is.
 *
 * @param columns characters in a line, 1–{@value #MAX}
 * @param rows lines, 1–{@value #MAX}
 */
public record TerminalSize(int columns, int rows) {

    /** What terminals have been since there were any. */
    public static final TerminalSize STANDARD = new TerminalSize(80, 24);

    /** Larger than any screen, small enough that no program allocates much for it. */
    public static final int MAX = 1_000;

    public TerminalSize {
        if (columns < 1 || columns > MAX || rows < 1 || rows > MAX) {
            throw new IllegalArgumentException(
                    "a terminal has 1-%d columns and rows, not %d x %d".formatted(MAX, columns, rows));
        }
    }
}
