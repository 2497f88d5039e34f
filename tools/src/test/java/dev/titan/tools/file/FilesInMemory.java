package dev.titan.tools.file;

import dev.titan.contracts.checkpoint.WorkspaceSnapshots;
import dev.titan.contracts.sandbox.CommandSummary;
import dev.titan.contracts.sandbox.ExecCommand;
import dev.titan.contracts.sandbox.ExecResult;
import dev.titan.contracts.sandbox.FileReply;
import dev.titan.contracts.sandbox.RunningCommand;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.tool.EffectId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A workspace of files in memory, for tests of what tools make of its answers. It runs no commands. */
final class FilesInMemory implements Workspace {

    private final Map<String, byte[]> files = new TreeMap<>();

    FilesInMemory with(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    @Override
    public ExecResult exec(EffectId effect, ExecCommand command, OutputListener output) {
        throw new UnsupportedOperationException("there is no sandbox here");
    }

    @Override
    public RunningCommand start(EffectId effect, ExecCommand command) {
        throw new UnsupportedOperationException("there is no sandbox here");
    }

    @Override
    public Optional<RunningCommand> command(EffectId id) {
        return Optional.empty();
    }

    @Override
    public List<CommandSummary> commands() {
        return List.of();
    }

    @Override
    public FileReply read(String path, long maxBytes) {
        if (path.startsWith("..")) {
            return new FileReply.Refused(
                    FileReply.Problem.OUTSIDE_WORKSPACE, "%s lies outside the workspace.".formatted(path));
        }
        byte[] content = files.get(path);
        if (content == null) {
            return new FileReply.Refused(FileReply.Problem.NOT_FOUND, "%s does not exist.".formatted(path));
        }
        return content.length > maxBytes
                ? new FileReply.Refused(FileReply.Problem.TOO_LARGE, "%s is too large.".formatted(path))
                : new FileReply.Content(content);
    }

    @Override
    public FileReply write(EffectId effect, String path, byte[] content) {
        boolean created = files.put(path, content) == null;
        return new FileReply.Written(path, content.length, created);
    }

    @Override
    public FileReply list(String path, int depth, int entriesMax) {
        List<FileReply.Entry> entries = files.entrySet().stream()
                .map(file -> new FileReply.Entry(file.getKey(), "file", file.getValue().length, Instant.EPOCH))
                .toList();
        return new FileReply.Listing(
                entries.subList(0, Math.min(entriesMax, entries.size())), entries.size() > entriesMax);
    }

    @Override
    public WorkspaceSnapshots snapshots() {
        throw new UnsupportedOperationException("there is no sandbox here");
    }
}
