package dev.titan.tools.shell.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Expands the source text of one word as bash does: braces, tilde, parameters, command substitution, word splitting,
 * quotes. File names are not matched: a wild card stays as it is. Used by one thread.
 */
final class WordExpander {

    /** More words than this, made of one by braces or splitting, tell nothing new. */
    private static final int WORDS_MAX = 256;

    private final ShellState state;
    private final Function<String, String> substitution;

    /**
     * @param substitution gives the output of a command line in {@code $(…)}
     */
    WordExpander(ShellState state, Function<String, String> substitution) {
        this.state = state;
        this.substitution = substitution;
    }

    /** Returns the words the source becomes; none when it expands to nothing unquoted. */
    List<String> words(String source) {
        List<String> words = new ArrayList<>();
        for (String braced : Braces.expand(source, WORDS_MAX)) {
            words.addAll(new Scan(braced, true).run());
        }
        return words;
    }

    /** Returns the one word the source becomes where bash does not split, such as in an assignment. */
    String text(String source) {
        return String.join(" ", new Scan(source, false).run());
    }

    /** Returns the text of a here-document: parameters and substitutions, no quotes. */
    String document(String source) {
        Scan scan = new Scan(source, false);
        scan.quoted();
        return scan.current.toString();
    }

    /** One pass over one source text. */
    private final class Scan {
        private final String source;
        private final boolean splits;
        private final List<String> done = new ArrayList<>();
        private final StringBuilder current = new StringBuilder();
        private boolean begun;
        private int at;

        Scan(String source, boolean splits) {
            this.source = source;
            this.splits = splits;
        }

        List<String> run() {
            if (source.startsWith("~")) {
                tilde();
            }
            while (at < source.length()) {
                unquoted();
            }
            finish();
            return done;
        }

        private void unquoted() {
            char c = source.charAt(at);
            switch (c) {
                case '\'' -> raw();
                case '"' -> doubleQuoted();
                case '\\' -> {
                    at++;
                    if (at < source.length() && source.charAt(at) != '\n') {
                        append(String.valueOf(source.charAt(at)));
                    }
                    at++;
                }
                case '$' -> {
                    if (next("'")) {
                        ansi();
                    } else if (next("\"")) {
                        at++;
                        doubleQuoted();
                    } else {
                        split(dollar());
                    }
                }
                case '`' -> split(backticks());
                default -> {
                    append(String.valueOf(c));
                    at++;
                }
            }
        }

        private void tilde() {
            int end = source.indexOf('/');
            String name = source.substring(1, end < 0 ? source.length() : end);
            if (name.matches("[a-z_][a-z0-9_-]*|")) {
                append(name.equals("root") ? "/root" : ShellState.HOME);
                at = 1 + name.length();
            }
        }

        private void raw() {
            int end = source.indexOf('\'', at + 1);
            int stop = end < 0 ? source.length() : end;
            append(source.substring(Math.min(at + 1, stop), stop));
            at = stop + 1;
        }

        private void ansi() {
            int end = at + 2;
            while (end < source.length() && source.charAt(end) != '\'') {
                end += source.charAt(end) == '\\' ? 2 : 1;
            }
            int stop = Math.min(end, source.length());
            append(Escapes.decode(source.substring(Math.min(at + 2, stop), stop)));
            at = stop + 1;
        }

        private void doubleQuoted() {
            at++;
            begun = true;
            while (at < source.length() && source.charAt(at) != '"') {
                quotedCharacter();
            }
            at++;
        }

        private void quoted() {
            while (at < source.length()) {
                quotedCharacter();
            }
        }

        private void quotedCharacter() {
            char c = source.charAt(at);
            if (c == '\\' && at + 1 < source.length() && "$`\"\\\n".indexOf(source.charAt(at + 1)) >= 0) {
                append(source.charAt(at + 1) == '\n' ? "" : String.valueOf(source.charAt(at + 1)));
                at += 2;
            } else if (c == '$') {
                append(dollar());
            } else if (c == '`') {
                append(backticks());
            } else {
                append(String.valueOf(c));
                at++;
            }
        }

        /** Reads what a dollar sign begins and returns its value. */
        private String dollar() {
            if (next("((")) {
                at = closing(at + 1, '(', ')') + 1;
                return Mark.UNKNOWN.text();
            }
            if (next("(")) {
                int end = closing(at + 1, '(', ')');
                String inner = source.substring(at + 2, Math.max(at + 2, end));
                at = end + 1;
                return substitution.apply(inner);
            }
            if (next("{")) {
                int end = closing(at + 1, '{', '}');
                String inner = source.substring(at + 2, Math.max(at + 2, end));
                at = end + 1;
                return Parameters.value(inner, state, this::nested);
            }
            int end = at + 1;
            while (end < source.length()
                    && Character.isJavaIdentifierPart(source.charAt(end))
                    && source.charAt(end) != '$') {
                end++;
                if (Character.isDigit(source.charAt(end - 1)) && end == at + 2) {
                    break; // $10 is $1 and a zero
                }
            }
            if (end == at + 1) {
                boolean special = end < source.length() && "@*#?$!-".indexOf(source.charAt(end)) >= 0;
                at = special ? end + 1 : end;
                return special ? Mark.UNKNOWN.text() : "$";
            }
            String name = source.substring(at + 1, end);
            at = end;
            return state.value(name);
        }

        private String nested(String word) {
            return new WordExpander(state, substitution).text(word);
        }

        private String backticks() {
            int end = at + 1;
            while (end < source.length() && source.charAt(end) != '`') {
                end += source.charAt(end) == '\\' ? 2 : 1;
            }
            int stop = Math.min(end, source.length());
            String inner = source.substring(Math.min(at + 1, stop), stop).replaceAll("\\\\([`\\\\$])", "$1");
            at = stop + 1;
            return substitution.apply(inner);
        }

        private boolean next(String text) {
            return source.startsWith(text, at + 1);
        }

        /** Returns the position of the bracket that closes the one at {@code open}, quotes respected. */
        private int closing(int open, char opens, char closes) {
            int depth = 0;
            for (int i = open; i < source.length(); i++) {
                char c = source.charAt(i);
                if (c == '\\') {
                    i++;
                } else if (c == '\'' && opens == '(') {
                    int end = source.indexOf('\'', i + 1);
                    i = end < 0 ? source.length() : end;
                } else if (c == opens) {
                    depth++;
                } else if (c == closes && --depth == 0) {
                    return i;
                }
            }
            return source.length();
        }

        private void append(String text) {
            begun = true;
            if (current.length() + text.length() <= Mark.KNOWN_CHARS_MAX) {
                current.append(text);
            }
        }

        private void split(String value) {
            if (!splits) {
                append(value);
                return;
            }
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (c == ' ' || c == '\t' || c == '\n') {
                    finish();
                } else {
                    append(String.valueOf(c));
                }
            }
        }

        private void finish() {
            if (begun && done.size() < WORDS_MAX) {
                done.add(current.toString());
                current.setLength(0);
                begun = false;
            }
        }
    }
}
