package dev.titan.tools.output;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Text with its middle cut out when it is long: the beginning says what was run, the end says how it went, and both are
 * worth more to a model than what lies between.
 *
 * @param head the beginning, or all of it when {@code tail} is absent
 * @param tail the end, when something has been cut already
 * @param bytesCut size of what is missing between the two
 */
public record HeadAndTail(String head, @Nullable String tail, long bytesCut) {

    /** About 2,500 tokens: a long test report fits, and four such results do not fill a small model's context. */
    public static final int CHARS_MAX = 10_000;

    /** Room for the line that says what was cut, with the longest numbers. */
    private static final int NOTE_CHARS_MAX = 120;

    /** How far from its place a cut may move to fall between two lines. */
    private static final int SNAP_CHARS_MAX = 200;

    /** Text of which nothing is missing yet. */
    public static HeadAndTail whole(String text) {
        return new HeadAndTail(text, null, 0);
    }

    /** Returns at most {@value #CHARS_MAX} characters. */
    public String render() {
        return render(CHARS_MAX);
    }

    /** Returns at most {@code charsMax} characters, with a line that says how much is missing, if anything is. */
    public String render(int charsMax) {
        if (tail == null && head.length() <= charsMax) {
            return head;
        }
        int room = Math.max(0, charsMax - NOTE_CHARS_MAX);
        String rest = tail == null ? head : tail;
        int tailChars = Math.min(tail == null ? room / 2 : rest.length(), Math.max(room / 2, room - head.length()));
        int headEnd = headEnd(Math.min(head.length(), room - tailChars));
        int tailStart = tailStart(rest, rest.length() - tailChars);
        long cut = tail == null
                ? bytes(head.substring(headEnd, tailStart))
                : bytes(head.substring(headEnd)) + bytesCut + bytes(rest.substring(0, tailStart));
        return head.substring(0, headEnd)
                + String.format(
                        Locale.ROOT, "\n[… %,d bytes cut here; the beginning and the end are complete …]\n", cut)
                + rest.substring(tailStart);
    }

    private int headEnd(int wanted) {
        if (wanted == head.length()) {
            return wanted;
        }
        int newline = head.lastIndexOf('\n', wanted);
        int end = newline >= 0 && wanted - newline <= SNAP_CHARS_MAX ? newline : wanted;
        return splitsPair(head, end) ? end - 1 : end;
    }

    private static int tailStart(String text, int wanted) {
        if (wanted == 0) {
            return 0;
        }
        int newline = text.indexOf('\n', wanted);
        int start = newline >= 0 && newline - wanted <= SNAP_CHARS_MAX ? newline + 1 : wanted;
        return splitsPair(text, start) ? start + 1 : start;
    }

    private static boolean splitsPair(String text, int at) {
        return at > 0
                && at < text.length()
                && Character.isHighSurrogate(text.charAt(at - 1))
                && Character.isLowSurrogate(text.charAt(at));
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
