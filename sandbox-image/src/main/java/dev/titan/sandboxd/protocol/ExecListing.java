package dev.titan.sandboxd.protocol;

import dev.titan.contracts.sandbox.ExecResult.End;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The commands of the sandbox.
 *
 * @param commands the running ones first, newest first
 * @param truncated whether there are more, which have ended
 */
public record ExecListing(List<Line> commands, boolean truncated) {

    public ExecListing {
        commands = List.copyOf(commands);
    }

    /**
     * One command.
     *
     * @param key the journal's key
     * @param commandLine its arguments, shortened to {@value #COMMAND_LINE_CHARS_MAX} characters
     * @param end what ended it; absent while it runs
     * @param tookMs milliseconds from its start to its end, or until now
     * @param bytesTotal size of its output so far
     * @param processes how many processes of it run; 0 once it is over
     */
    public record Line(
            String key, String commandLine, @Nullable End end, long tookMs, long bytesTotal, int processes) {

        /** Enough to recognise it by; the journal keeps it of 10,000 commands. */
        public static final int COMMAND_LINE_CHARS_MAX = 200;
    }
}
