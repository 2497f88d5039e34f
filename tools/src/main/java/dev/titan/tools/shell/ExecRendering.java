package dev.titan.tools.shell;

import dev.titan.contracts.sandbox.ExecResult;
import dev.titan.contracts.tool.FailureKind;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.tools.output.HeadAndTail;

/**
 * What the model reads of a command that has ended: how it ended on the first line, then its output. Times are left out
 * so that the same outcome is the same text, which the loop guard relies on.
 */
final class ExecRendering {

    private static final int SIGKILL = 9;
    private static final int SIGSEGV = 11;

    private ExecRendering() {}

    static ToolResult of(ExecResult result) {
        return switch (result.end()) {
            case ExecResult.End.Exited(int status)
            when status == 0 -> new ToolResult.Succeeded(text(status(result.end()), result.output()));
            case ExecResult.End.Exited exited -> failed(FailureKind.EXIT_STATUS, result);
            case ExecResult.End.Signalled signalled -> failed(FailureKind.EXIT_STATUS, result);
            case ExecResult.End.OutOfMemory outOfMemory -> failed(FailureKind.EXIT_STATUS, result);
            case ExecResult.End.TimedOut timedOut -> failed(FailureKind.TIMED_OUT, result);
            case ExecResult.End.Killed killed -> failed(FailureKind.CANCELLED, result);
            case ExecResult.End.NotStarted notStarted -> new ToolResult.Failed(FailureKind.FAILED, status(notStarted));
        };
    }

    /** Returns how a command ended, in one line. */
    static String status(ExecResult.End end) {
        return switch (end) {
            case ExecResult.End.Exited(int status) -> "exit status %d".formatted(status);
            case ExecResult.End.Signalled(int signal) -> "ended by signal %d%s".formatted(signal, meaning(signal));
            case ExecResult.End.OutOfMemory(int status) ->
                "out of memory (exit status %d): the sandbox's memory was used up and the kernel killed a process of the command. Make it need less: smaller pieces, fewer jobs at once, streaming instead of loading everything"
                        .formatted(status);
            case ExecResult.End.TimedOut(var after) ->
                "timed out after %d s; the command and all its processes were killed. Raise timeout_s, run a smaller part, or make the command end by itself"
                        .formatted(after.toSeconds());
            case ExecResult.End.Killed() -> "killed on request before it ended";
            case ExecResult.End.NotStarted(String message) -> "could not be started: " + message;
        };
    }

    private static ToolResult failed(FailureKind kind, ExecResult result) {
        return new ToolResult.Failed(kind, text(status(result.end()), result.output()));
    }

    private static String text(String status, ExecResult.Output output) {
        if (output.bytesTotal() == 0) {
            return status + "\n(no output)";
        }
        HeadAndTail shown = new HeadAndTail(output.head(), output.tail(), output.bytesCut());
        return status + "\n" + shown.render(HeadAndTail.CHARS_MAX - status.length() - 1);
    }

    private static String meaning(int signal) {
        return switch (signal) {
            case SIGKILL -> " (SIGKILL: most often the sandbox's memory limit)";
            case SIGSEGV -> " (SIGSEGV: the program crashed)";
            default -> "";
        };
    }
}
