package dev.titan.cli;

import java.util.regex.Pattern;

/** Text of a task made harmless for a terminal: no escape sequences, no control characters, no reordering of letters. */
final class SafeText {

    /** ECMA-48: CSI … final byte, in its 7-bit and 8-bit form; OSC, DCS, SOS, PM and APC up to their terminator; two-character escapes. */
    private static final Pattern ESCAPE_SEQUENCE = Pattern.compile("(?:\u001b\\[|\u009b)[0-?]*[ -/]*[@-~]"
            + "|(?:\u001b[\\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\\\|\u009c)?"
            + "|\u001b[ -/]*[0-~]?");

    /** C0 and C1 controls, line and paragraph separators. */
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f\u2028\u2029]");

    /** Unicode's bidirectional controls, which make a line read otherwise than it is (CVE-2021-42574). */
    private static final Pattern REORDERING = Pattern.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]");

    private SafeText() {}

    static String of(String text) {
        String spaced =
                ESCAPE_SEQUENCE.matcher(text).replaceAll("").replace('\n', ' ').replace("\t", "    ");
        return REORDERING.matcher(CONTROL.matcher(spaced).replaceAll("")).replaceAll("");
    }
}
