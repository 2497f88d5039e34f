package dev.titan.tools.shell.policy;

import java.util.ArrayList;
import java.util.List;

/** Brace expansion, {@code a{b,c}} to {@code ab ac}: the first thing bash does to a word. */
final class Braces {

    /** More braces in one word than anybody writes. */
    private static final int BRACES_MAX = 32;

    /** Longer words are text, not lists of names. */
    private static final int WORD_CHARS_MAX = 4_000;

    private Braces() {}

    static List<String> expand(String word, int wordsMax) {
        return expand(word, wordsMax, 0);
    }

    private static List<String> expand(String word, int wordsMax, int depth) {
        int[] brace = word.length() > WORD_CHARS_MAX ? new int[0] : firstWithComma(word);
        if (brace.length == 0 || depth == BRACES_MAX) {
            return List.of(word);
        }
        String before = word.substring(0, brace[0]);
        String after = word.substring(brace[brace.length - 1] + 1);
        List<String> words = new ArrayList<>();
        for (int i = 0; i + 1 < brace.length && words.size() < wordsMax; i++) {
            String choice = word.substring(brace[i] + 1, brace[i + 1]);
            words.addAll(expand(before + choice + after, wordsMax - words.size(), depth + 1));
        }
        return words;
    }

    /** Returns the positions of an opening brace, its commas and its closing brace; empty when there is none. */
    private static int[] firstWithComma(String word) {
        for (int open = skipQuoted(word, 0); open < word.length(); open = skipQuoted(word, open + 1)) {
            if (word.charAt(open) == '{' && (open == 0 || word.charAt(open - 1) != '$')) {
                List<Integer> marks = marks(word, open);
                if (marks.size() > 2) {
                    return marks.stream().mapToInt(Integer::intValue).toArray();
                }
            }
        }
        return new int[0];
    }

    private static List<Integer> marks(String word, int open) {
        List<Integer> marks = new ArrayList<>(List.of(open));
        int depth = 0;
        for (int i = open; i < word.length(); i = skipQuoted(word, i + 1)) {
            char c = word.charAt(i);
            if (c == '{') {
                depth++;
            } else if (c == ',' && depth == 1) {
                marks.add(i);
            } else if (c == '}' && --depth == 0) {
                marks.add(i);
                return marks;
            }
        }
        return List.of();
    }

    /** Returns the first position from {@code at} on that is not inside quotes or behind a backslash. */
    private static int skipQuoted(String word, int at) {
        int i = at;
        while (i < word.length()) {
            char c = word.charAt(i);
            if (c == '\\') {
                i += 2;
            } else if (c == '\'' || c == '"') {
                int end = word.indexOf(c, i + 1);
                i = end < 0 ? word.length() : end + 1;
            } else if (c == '$' && word.startsWith("${", i)) {
                int end = word.indexOf('}', i);
                i = end < 0 ? word.length() : end + 1;
            } else {
                return i;
            }
        }
        return word.length();
    }
}
