package dev.titan.api.page;

import dev.titan.api.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * How much of a list one answer may hold.
 *
 * @param limitDefault when nothing is said
 * @param limitMax at most
 */
public record PageParameters(int limitDefault, int limitMax) {

    /** Reads {@code limit}. */
    public int limit(@Nullable String text) {
        return text == null ? limitDefault : (int) number("limit", text, 1, limitMax);
    }

    /** Reads {@code after}: a {@code seq}, or 0 for the beginning. */
    public static long after(@Nullable String text) {
        return text == null ? 0 : number("after", text, 0, Long.MAX_VALUE);
    }

    private static long number(String name, String text, long min, long max) {
        try {
            long value = Long.parseLong(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Answered below, like a number out of range.
        }
        String range = max == Long.MAX_VALUE ? "%d or more".formatted(min) : "%d–%d".formatted(min, max);
        throw ProblemException.invalid(name, "must be a whole number, " + range);
    }
}
