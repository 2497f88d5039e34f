package dev.titan.activities.sandbox;

import dev.titan.contracts.sandbox.FileReply;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.tool.SensitiveFiles;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * The files of a workspace that a user may want: what tools keep for themselves, such as {@code node_modules}, and files
 * that hold secrets by convention are left out.
 */
final class WorkspaceFiles {

    /** Made by tools and made again by them: never what a user asked for. */
    private static final Set<String> PASSED_BY = Set.of(
            ".git",
            ".hg",
            ".svn",
            "node_modules",
            "__pycache__",
            ".cache",
            ".npm",
            ".venv",
            "venv",
            ".pytest_cache",
            ".mypy_cache",
            ".ruff_cache",
            ".tox",
            ".gradle",
            ".m2",
            ".cargo",
            ".rustup",
            ".local",
            ".config",
            ".nyc_output");

    /** A workspace with more directories is a checkout of something, and its listing is cut. */
    private static final int DIRECTORIES_MAX = 1_000;

    /** As many entries of one directory as are looked at. */
    private static final int ENTRIES_MAX = 2_000;

    private final Workspace workspace;

    WorkspaceFiles(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Returns the files in the order of their paths. */
    List<FileReply.Entry> list(Runnable betweenDirectories) {
        List<FileReply.Entry> files = new ArrayList<>();
        Deque<String> directories = new ArrayDeque<>(List.of("."));
        for (int visited = 0; !directories.isEmpty() && visited < DIRECTORIES_MAX; visited++) {
            betweenDirectories.run();
            if (workspace.list(directories.removeFirst(), 1, ENTRIES_MAX) instanceof FileReply.Listing listing) {
                for (FileReply.Entry entry : listing.entries()) {
                    if (entry.kind().equals("directory") && !PASSED_BY.contains(name(entry))) {
                        directories.addLast(entry.path());
                    } else if (entry.kind().equals("file") && !SensitiveFiles.byPath(entry.path())) {
                        files.add(entry);
                    }
                }
            }
        }
        files.sort(Comparator.comparing(FileReply.Entry::path));
        return files;
    }

    private static String name(FileReply.Entry entry) {
        return entry.path().substring(entry.path().lastIndexOf('/') + 1);
    }
}
