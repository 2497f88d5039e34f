package dev.titan.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The output of one call as it is shown: its first lines while they come, its last ones when the call has ended, because
 * a test's verdict stands at the end. What lies between is counted; it is in the event log.
 */
final class CallOutput {

    static final int HEAD_LINES = 8;
    static final int TAIL_LINES = 6;

    /** Two lines of a terminal; minified code must not fill the screen. */
    private static final int LINE_CHARS_MAX = 160;

    private static final int INDENT = 4;

    private final StringBuilder line = new StringBuilder();
    private final Deque<String> tail = new ArrayDeque<>();
    private int shown;
    private int left;

    /** Returns the lines to show now. */
    List<Line> add(String text) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '\n') {
                end(lines);
            } else if (line.length() <= 4 * LINE_CHARS_MAX) {
                line.append(character);
            }
        }
        return lines;
    }

    /** Returns the lines that were kept back, now that no more come. */
    List<Line> close() {
        List<Line> lines = new ArrayList<>();
        if (!line.isEmpty()) {
            end(lines);
        }
        if (left > tail.size()) {
            lines.add(new Line(INDENT, "…", Amounts.count(left - tail.size(), "more line"), Style.DIM));
        }
        tail.forEach(kept -> lines.add(shown(kept)));
        tail.clear();
        return lines;
    }

    private void end(List<Line> lines) {
        String whole = visible(line.toString());
        line.setLength(0);
        if (shown < HEAD_LINES) {
            shown++;
            lines.add(shown(whole));
            return;
        }
        left++;
        tail.addLast(whole);
        if (tail.size() > TAIL_LINES) {
            tail.removeFirst();
        }
    }

    /** A progress bar overwrites itself: what counts is what stood there last. */
    private static String visible(String text) {
        String withoutEnd = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        return withoutEnd.substring(withoutEnd.lastIndexOf('\r') + 1).stripTrailing();
    }

    private static Line shown(String text) {
        return new Line(INDENT, "", Line.shortened(text, LINE_CHARS_MAX), Style.DIM);
    }
}
