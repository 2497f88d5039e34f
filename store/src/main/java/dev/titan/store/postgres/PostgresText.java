package dev.titan.store.postgres;

/**
 * Text as PostgreSQL can keep it. Neither {@code text} nor {@code jsonb} can hold U+0000 or half a surrogate pair, and
 * tools print both; refusing them would lose a whole result for one byte, so each becomes U+FFFD.
 */
public final class PostgresText {

    /** Stands for what cannot be kept, as it does for bytes that are not UTF-8. */
    public static final char REPLACEMENT = '\uFFFD';

    private PostgresText() {}

    /** Returns the text with every character PostgreSQL refuses replaced; the same object when there is none. */
    public static String storable(String text) {
        int first = firstRefused(text);
        if (first < 0) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length()).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            kept.append(isRefused(text, i) ? REPLACEMENT : text.charAt(i));
        }
        return kept.toString();
    }

    private static int firstRefused(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isRefused(text, i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isRefused(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
        }
        return c == 0;
    }
}
