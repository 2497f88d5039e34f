package dev.titan.sandboxd.selftest;

import dev.titan.sandboxd.libc.Errno;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The workspace is full when its size is reached, and not when the host's disk is. In many files, for a limit on each file
 * is not one on the workspace.
 *
 * @param work the workspace
 * @param bytesMax its size
 */
record WorkspaceSize(Path work, long bytesMax) implements Probe {

    private static final int FILE_BYTES = 4 << 20;

    @Override
    public String name() {
        return "workspace_size_limited";
    }

    @Override
    public String checks() {
        return "%s holds at most %d MiB".formatted(work, bytesMax >> 20);
    }

    @Override
    public Verdict run() throws IOException {
        byte[] content = new byte[FILE_BYTES];
        List<Path> files = new ArrayList<>();
        try {
            while (files.size() * (long) FILE_BYTES <= bytesMax) {
                Path file = Files.createTempFile(work, "selftest", ".bin");
                files.add(file);
                Files.write(file, content);
            }
            return Verdict.fails("%d MiB are written and it is not full".formatted(files.size() * (FILE_BYTES >> 20)));
        } catch (IOException e) {
            return FullDisk.isSaidBy(e)
                    ? Verdict.holds("full after %d MiB".formatted(files.size() * (FILE_BYTES >> 20)))
                    : Verdict.fails("%s instead of '%s'".formatted(e.getMessage(), Errno.describe(Errno.ENOSPC)));
        } finally {
            FullDisk.delete(files);
        }
    }
}
