package dev.titan.tools.shell.policy;

/**
 * Stands, as one character of Unicode's private use area, for text whose value cannot be known before the command runs,
 * and says where the text comes from.
 */
enum Mark {
    /** Anything else: an unset variable, the output of some program. */
    UNKNOWN('\uE000'),
    /** The content of a file of the workspace. */
    FILE('\uE001'),
    /** Secrets: the environment, a credentials file, the home folder. */
    SECRET('\uE002'),
    /** From the network. */
    NETWORK('\uE003');

    /** Text is followed up to this length: longer than any command line, and no program of expansions can fill the memory. */
    static final int KNOWN_CHARS_MAX = 200_000;

    private final char character;

    Mark(char character) {
        this.character = character;
    }

    String text() {
        return String.valueOf(character);
    }

    boolean in(String text) {
        return text.indexOf(character) >= 0;
    }

    /** Returns whether any part of the text cannot be known. */
    static boolean anyIn(String text) {
        return text.chars().anyMatch(c -> c >= '\uE000' && c <= '\uE003');
    }

    /** Returns the text, or the mark of what it is made from when it has grown too long to be followed. */
    static String bounded(String text) {
        return text.length() <= KNOWN_CHARS_MAX ? text : madeFrom(text).text();
    }

    /** Returns the mark of text made from the given text in a way that cannot be followed. */
    static Mark madeFrom(String text) {
        if (NETWORK.in(text)) {
            return NETWORK;
        }
        if (SECRET.in(text)) {
            return SECRET;
        }
        return FILE.in(text) ? FILE : UNKNOWN;
    }
}
