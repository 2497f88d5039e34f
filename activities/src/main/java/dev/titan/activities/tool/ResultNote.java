package dev.titan.activities.tool;

import dev.titan.activities.checkpoint.CheckpointDraft;
import dev.titan.contracts.tool.ToolResult;
import java.util.Optional;

/** What the reader of a result has to know beside it. */
final class ResultNote {

    private ResultNote() {}

    /** Returns what has to be said of a workspace that could not be stored. */
    static Optional<String> of(CheckpointDraft draft) {
        return draft instanceof CheckpointDraft.TooLarge(String message)
                ? Optional.of(
                        "Note: the workspace %s. The call is done; should the sandbox be lost before that, its changes are lost too."
                                .formatted(message))
                : Optional.empty();
    }

    static ToolResult add(ToolResult result, String note) {
        String text = result.text().stripTrailing() + "\n\n" + note;
        return switch (result) {
            case ToolResult.Succeeded _ -> new ToolResult.Succeeded(text);
            case ToolResult.Failed failed -> new ToolResult.Failed(failed.kind(), text);
        };
    }
}
