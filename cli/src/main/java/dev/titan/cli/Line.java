package dev.titan.cli;

/**
 * A line for the terminal.
 *
 * @param indent columns to the left
 * @param mark one sign that tells the kind at a glance, or empty
 * @param text what it says; control characters are taken out when it is printed
 * @param style how it looks
 */
record Line(int indent, String mark, String text, Style style) {

    static final Line EMPTY = of("");

    static Line of(String text) {
        return new Line(0, "", text, Style.PLAIN);
    }

    /** Returns the text, or its beginning and an ellipsis when it is longer. */
    static String shortened(String text, int charsMax) {
        if (text.length() <= charsMax) {
            return text;
        }
        int end = charsMax - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
