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

    static Line of(String text) {
        return new Line(0, "", text, Style.PLAIN);
    }
}
