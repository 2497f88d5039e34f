package dev.titan.sandbox.directory;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

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
        if (run("rm", "-rf", "--one-file-system", "--", path.toString()) != 0) {
            // A directory without permissions stops a user who is not root; as its owner Titan may open it again.
            run("chmod", "-R", "u+rwX", "--", path.toString());
            if (run("rm", "-rf", "--one-file-system", "--", path.toString()) != 0) {
                throw new IOException("rm -rf could not remove " + path);
            }
        }
    }

    private static int run(String... argv) throws IOException {
        Process process = new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("%s took longer than %d s".formatted(String.join(" ", argv), SECONDS_MAX));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while removing " + argv[argv.length - 1]);
        }
    }
}
