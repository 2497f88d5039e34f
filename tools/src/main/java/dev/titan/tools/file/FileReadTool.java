package dev.titan.tools.file;

import dev.titan.contracts.sandbox.FileReply;
import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.ToolPlace;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.tool.SensitiveFiles;
import dev.titan.tool.Tool;
import dev.titan.tool.ToolContext;
import dev.titan.tool.ToolTrait;
import java.util.Optional;
import java.util.Set;

/** Reads a text file of the workspace, whole or in part. Files that hold secrets by convention are refused. */
public final class FileReadTool implements Tool<FileReadArguments> {

    @Override
    public String name() {
        return "file_read";
    }

    @Override
    public String description() {
        return """
                Read a text file of the workspace (/work).
                - At most 10,000 characters come back: of a longer text the beginning and the end, with the numbers of the lines between. Read those with offset and limit.
                - Files above 5 MiB and files that hold secrets (.env, private keys, credentials) are refused; binary files are described.
                """;
    }

    @Override
    public Class<FileReadArguments> argumentsType() {
        return FileReadArguments.class;
    }

    @Override
    public EffectClass effect() {
        return EffectClass.PURE;
    }

    @Override
    public ToolPlace place() {
        return ToolPlace.SANDBOX;
    }

    @Override
    public boolean parallelSafe() {
        return true;
    }

    @Override
    public Set<ToolTrait> traits() {
        return Set.of(ToolTrait.READS_UNTRUSTED_CONTENT);
    }

    @Override
    public ToolResult run(FileReadArguments arguments, ToolContext context) {
        FileAudit audit = new FileAudit("read", arguments.path(), context);
        Optional<ToolResult> refusal = audit.refusalByName();
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return switch (context.workspace().read(arguments.path(), FileLimits.FILE_BYTES_MAX)) {
            case FileReply.Content(byte[] bytes) -> shown(arguments, bytes, audit);
            case FileReply.Refused refused -> audit.refused(refused);
            case FileReply.Written other -> throw unexpected(other);
            case FileReply.Listing other -> throw unexpected(other);
        };
    }

    private static ToolResult shown(FileReadArguments arguments, byte[] bytes, FileAudit audit) {
        if (SensitiveFiles.byContent(arguments.path(), bytes)) {
            return audit.refused();
        }
        audit.done(bytes.length);
        return new FileExcerpt(arguments.path(), bytes).lines(arguments.offset(), arguments.limit());
    }

    static IllegalStateException unexpected(FileReply reply) {
        return new IllegalStateException("the workspace answered a file operation with " + reply);
    }
}
