package dev.titan.tools.file;

import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.sandbox.FileReply;
import dev.titan.contracts.tool.FailureKind;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.tool.SensitiveFiles;
import dev.titan.tool.ToolContext;
import java.util.Optional;

/** One access of a file tool: whether it may be, and the {@code file_accessed} event that tells of it either way. */
record FileAudit(String operation, String path, ToolContext context) {

    /** Returns the refusal when the path names a file that holds secrets by convention. */
    Optional<ToolResult> refusalByName() {
        return SensitiveFiles.byPath(path) ? Optional.of(refused()) : Optional.empty();
    }

    /** Records that the access was refused because of what the file holds. */
    ToolResult refused() {
        record(false, 0);
        return new ToolResult.Failed(
                FailureKind.DENIED,
                "%s may hold secrets and is not opened by file tools. Use an example file without real values, such as .env.example, or ask the user to provide the value."
                        .formatted(path));
    }

    /** Records that the workspace refused the access. */
    ToolResult refused(FileReply.Refused refusal) {
        record(false, 0);
        FailureKind kind = switch (refusal.problem()) {
            case NOT_FOUND -> FailureKind.NOT_FOUND;
            case TOO_LARGE -> FailureKind.TOO_LARGE;
            case OUTSIDE_WORKSPACE -> FailureKind.DENIED;
            case INVALID_PATH -> FailureKind.INVALID_ARGUMENTS;
            case WRONG_KIND, NOT_POSSIBLE -> FailureKind.FAILED;
        };
        String remedy = switch (refusal.problem()) {
            case NOT_FOUND -> " List the directory to see what is there.";
            case TOO_LARGE -> " The limit is 5 MiB; look at it in parts with shell (head, tail, sed -n, grep).";
            case OUTSIDE_WORKSPACE -> " Only paths inside /work can be used.";
            case INVALID_PATH, WRONG_KIND, NOT_POSSIBLE -> "";
        };
        return new ToolResult.Failed(kind, refusal.message() + remedy);
    }

    /** Records that the access took place. */
    void done(long bytes) {
        record(true, bytes);
    }

    private void record(boolean allowed, long bytes) {
        context.emit("file_accessed", new TaskEvent.FileAccessed(operation, path, allowed, bytes));
    }
}
