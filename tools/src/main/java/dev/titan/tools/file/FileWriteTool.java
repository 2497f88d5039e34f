package dev.titan.tools.file;

import dev.titan.contracts.sandbox.FileReply;
import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.ToolPlace;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.tool.SensitiveFiles;
import dev.titan.tool.Tool;
import dev.titan.tool.ToolContext;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes a whole text file into the workspace, its directories included. */
public final class FileWriteTool implements Tool<FileWriteArguments> {

    @Override
    public String name() {
        return "file_write";
    }

    @Override
    public String description() {
        return """
                Write a text file into the workspace (/work), replacing what is there.
                - Give the whole content; missing directories are made.
                - At most 5 MiB. Files that hold secrets (.env, private keys, credentials) are refused.
                """;
    }

    @Override
    public Class<FileWriteArguments> argumentsType() {
        return FileWriteArguments.class;
    }

    @Override
    public EffectClass effect() {
        return EffectClass.SANDBOX;
    }

    @Override
    public ToolPlace place() {
        return ToolPlace.SANDBOX;
    }

    @Override
    public boolean parallelSafe() {
        return false;
    }

    @Override
    public ToolResult run(FileWriteArguments arguments, ToolContext context) {
        FileAudit audit = new FileAudit("write", arguments.path(), context);
        byte[] content = arguments.content().getBytes(StandardCharsets.UTF_8);
        if (SensitiveFiles.byPath(arguments.path()) || SensitiveFiles.byContent(arguments.path(), content)) {
            return audit.refused();
        }
        if (content.length > FileLimits.FILE_BYTES_MAX) {
            return audit.refused(new FileReply.Refused(
                    FileReply.Problem.TOO_LARGE,
                    "The content for %s has %,d bytes.".formatted(arguments.path(), content.length)));
        }
        return switch (context.workspace().write(context.effect(), arguments.path(), content)) {
            case FileReply.Written written -> written(written, audit);
            case FileReply.Refused refused -> audit.refused(refused);
            case FileReply.Content other -> throw FileReadTool.unexpected(other);
            case FileReply.Listing other -> throw FileReadTool.unexpected(other);
        };
    }

    private static ToolResult written(FileReply.Written written, FileAudit audit) {
        audit.done(written.bytes());
        return new ToolResult.Succeeded(String.format(
                Locale.ROOT,
                "%s %s, %,d bytes",
                written.created() ? "created" : "replaced",
                written.path(),
                written.bytes()));
    }
}
