package dev.titan.sandbox.directory;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The removal of a tree that a sandbox has written. {@code rm} does it and not Java: it works from directory to directory
 * by descriptor, so neither a symlink nor a path that is deeper than 4,096 bytes stops or misleads it.
 */
public final class Removal {

    /** A full workspace of small files takes about 20 s on a slow disk. */
    private static final long SECONDS_MAX = 120;

    private Removal() {}

    /** Removes {@code path} and all below; harmless when there is nothing. */
    public static void of(Path path) throws IOException {
        of(List.of(path));
    }

    /** Removes them with one program, and with none when nothing is there: starting one takes longer than most removals. */
    static void of(List<Path> paths) throws IOException {
        List<String> there = paths.stream()
                .filter(path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS))
                .map(Path::toString)
                .toList();
        if (!there.isEmpty() && run(there, "rm", "-rf", "--one-file-system", "--") != 0) {
            // A directory without permissions stops a user who is not root; as its owner Titan may open it again.
            run(there, "chmod", "-R", "u+rwX", "--");
            if (run(there, "rm", "-rf", "--one-file-system", "--") != 0) {
                throw new IOException("rm -rf could not remove all of " + there);
            }
        }
    }

    private static int run(List<String> paths, String... program) throws IOException {
        List<String> argv = Stream.concat(Stream.of(program), paths.stream()).toList();
        Process process = new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("%s took longer than %d s".formatted(argv, SECONDS_MAX));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while removing " + paths);
        }
    }
}
