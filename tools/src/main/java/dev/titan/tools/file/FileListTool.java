package dev.titan.tools.file;

import dev.titan.contracts.sandbox.FileReply;
import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.ToolPlace;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.tool.Tool;
import dev.titan.tool.ToolContext;
import dev.titan.tools.output.HeadAndTail;
import java.util.Locale;
import java.util.stream.Collectors;

/** Lists a directory of the workspace. */
public final class FileListTool implements Tool<FileListArguments> {

    @Override
    public String name() {
        return "file_list";
    }

    @Override
    public String description() {
        return """
                List a directory of the workspace (/work), one entry a line: directories end in /, files show their size.
                - At most 500 entries; list a subdirectory to see more.
                """;
    }

    @Override
    public Class<FileListArguments> argumentsType() {
        return FileListArguments.class;
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
    public ToolResult run(FileListArguments arguments, ToolContext context) {
        String path = arguments.path() == null ? "." : arguments.path();
        int depth = arguments.depth() == null ? 1 : arguments.depth();
        FileAudit audit = new FileAudit("list", path, context);
        return switch (context.workspace().list(path, depth, FileLimits.ENTRIES_MAX)) {
            case FileReply.Listing listing -> {
                audit.done(0);
                yield new ToolResult.Succeeded(shown(listing));
            }
            case FileReply.Refused refused -> audit.refused(refused);
            case FileReply.Content other -> throw FileReadTool.unexpected(other);
            case FileReply.Written other -> throw FileReadTool.unexpected(other);
        };
    }

    private static String shown(FileReply.Listing listing) {
        if (listing.entries().isEmpty()) {
            return "(the directory is empty)";
        }
        String lines = listing.entries().stream().map(FileListTool::line).collect(Collectors.joining("\n"));
        String note = listing.truncated() ? "\n[there are more entries; list a subdirectory]" : "";
        return HeadAndTail.whole(lines).render(HeadAndTail.CHARS_MAX - note.length()) + note;
    }

    private static String line(FileReply.Entry entry) {
        return switch (entry.kind()) {
            case "directory" -> entry.path() + "/";
            case "file" -> String.format(Locale.ROOT, "%s  %,d bytes", entry.path(), entry.bytes());
            default -> "%s  (%s)".formatted(entry.path(), entry.kind());
        };
    }
}
