package dev.titan.dev.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The last lines of a log file, for a message to a person. */
public final class LogTail {

    /** Fits a terminal below the message itself. */
    private static final int LINES_MAX = 12;

    private static final int BYTES_MAX = 8_192;

    private LogTail() {}

    /** Returns the last lines, or a remark that there are none. */
    public static String of(Path log) {
        try (FileChannel channel = FileChannel.open(log)) {
            channel.position(Math.max(0, channel.size() - BYTES_MAX));
            ByteBuffer end = ByteBuffer.allocate(BYTES_MAX);
            while (end.hasRemaining() && channel.read(end) >= 0) {
                // A read may return less than asked for.
            }
            List<String> lines = new String(end.array(), 0, end.position(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_MAX), lines.size()));
        } catch (IOException unreadable) {
            return "(no output)";
        }
    }
}
