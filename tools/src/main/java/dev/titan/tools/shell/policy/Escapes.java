package dev.titan.tools.shell.policy;

/** Backslash escapes as {@code $'…'}, {@code echo -e} and {@code printf} read them. */
final class Escapes {

    private Escapes() {}

    static String decode(String source) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < source.length()) {
            char c = source.charAt(at++);
            if (c != '\\' || at == source.length()) {
                text.append(c);
                continue;
            }
            char kind = source.charAt(at++);
            switch (kind) {
                case 'n' -> text.append('\n');
                case 't' -> text.append('\t');
                case 'r' -> text.append('\r');
                case 'e', 'E' -> text.append('\u001b');
                case 'x' -> at = number(source, at, 2, 16, text);
                case 'u' -> at = number(source, at, 4, 16, text);
                case '0', '1', '2', '3', '4', '5', '6', '7' ->
                    at = number(source, at - 1, kind == '0' ? 4 : 3, 8, text);
                default -> text.append(kind);
            }
        }
        return text.toString();
    }

    private static int number(String source, int from, int digitsMax, int radix, StringBuilder text) {
        int end = from;
        while (end < source.length() && end < from + digitsMax && Character.digit(source.charAt(end), radix) >= 0) {
            end++;
        }
        if (end > from) {
            text.append((char) Integer.parseInt(source.substring(from, end), radix));
        }
        return end;
    }
}
