package dev.titan.tools.file;

import dev.titan.contracts.tool.FailureKind;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.tools.output.HeadAndTail;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The content of a file as a model reads it: lines of text, the middle of a long text cut out with the numbers of the
 * lines that are missing; a description when it is not text.
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one call; nobody compares it
record FileExcerpt(String path, byte[] bytes) {

    /** Room for the lines that say which part of the file this is. */
    private static final int NOTE_CHARS_MAX = 200;

    ToolResult lines(@Nullable Integer offset, @Nullable Integer limit) {
        Optional<String> text = text();
        if (text.isEmpty()) {
            return new ToolResult.Succeeded(String.format(
                    Locale.ROOT,
                    "%s is a binary file (%s, %,d bytes) and is not shown. Use shell to inspect it (file, xxd | head, strings).",
                    path,
                    BinaryKind.of(bytes),
                    bytes.length));
        }
        if (bytes.length == 0) {
            return new ToolResult.Succeeded("(the file is empty)");
        }
        List<String> lines = text.get().lines().toList();
        int from = offset == null ? 1 : offset;
        if (from > lines.size()) {
            return new ToolResult.Failed(
                    FailureKind.INVALID_ARGUMENTS,
                    "offset: %s has %,d lines, there is no line %,d".formatted(path, lines.size(), from));
        }
        int to = limit == null ? lines.size() : (int) Math.min((long) from - 1 + limit, lines.size());
        if (from == 1 && to == lines.size()) {
            return new ToolResult.Succeeded(
                    text.get().length() <= HeadAndTail.CHARS_MAX ? text.get() : cut(lines, from, to));
        }
        return new ToolResult.Succeeded(
                "[lines %d-%d of %d]\n".formatted(from, to, lines.size()) + cut(lines, from, to));
    }

    private static String cut(List<String> lines, int from, int to) {
        int room = HeadAndTail.CHARS_MAX - NOTE_CHARS_MAX;
        List<String> part = lines.subList(from - 1, to);
        String whole = String.join("\n", part);
        if (whole.length() <= room) {
            return whole;
        }
        int head = linesWithin(part, room / 2);
        int tail = linesWithin(part.reversed(), room / 2);
        if (head == 0 || tail == 0) {
            return HeadAndTail.whole(whole).render(room); // a line so long that lines are no measure
        }
        return String.format(
                Locale.ROOT,
                "%s\n[… lines %d-%d of %d are cut here; read them with offset %d …]\n%s",
                String.join("\n", part.subList(0, head)),
                from + head,
                to - tail,
                lines.size(),
                from + head,
                String.join("\n", part.subList(part.size() - tail, part.size())));
    }

    private static int linesWithin(List<String> lines, int chars) {
        int used = 0;
        int count = 0;
        for (String line : lines) {
            used += line.length() + 1;
            if (used > chars) {
                break;
            }
            count++;
        }
        return count;
    }

    private Optional<String> text() {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(text);
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }
}
