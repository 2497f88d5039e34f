package dev.titan.sandboxd.selftest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The workspace takes a limited number of files, for each costs memory of the kernel or an entry of a table, be it empty.
 *
 * @param work the workspace
 * @param filesMax how many files it takes
 */
record WorkspaceFileCount(Path work, int filesMax) implements Probe {

    @Override
    public String name() {
        return "workspace_files_limited";
    }

    @Override
    public String checks() {
        return "%s holds at most %,d files".formatted(work, filesMax);
    }

    @Override
    public Verdict run() throws IOException {
        List<Path> files = new ArrayList<>();
        try {
            while (files.size() <= filesMax) {
                files.add(Files.createFile(work.resolve("selftest-" + files.size())));
            }
            return Verdict.fails("%,d files are made and it is not full".formatted(files.size()));
        } catch (IOException e) {
            return FullDisk.isSaidBy(e)
                    ? Verdict.holds("full after %,d files".formatted(files.size()))
                    : Verdict.fails(String.valueOf(e.getMessage()));
        } finally {
            FullDisk.delete(files);
        }
    }
}
