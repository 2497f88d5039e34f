package dev.titan.sandbox.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Programs of the host, found on PATH, and short runs of them. */
final class Programs {

    /** A probe takes 10 ms; a host that needs longer than this has another problem. */
    private static final long SECONDS_MAX = 20;

    /** Beginnings of error messages and of a help text. */
    private static final int OUTPUT_BYTES_MAX = 16 * 1024;

    private Programs() {}

    /**
     * How a program ended.
     *
     * @param status its exit status
     * @param output what it printed, the beginning of it
     */
    record Ended(int status, String output) {

        /** Returns the first line that says something. */
        String firstLine() {
            return output.lines().filter(line -> !line.isBlank()).findFirst().orElse("exit status " + status);
        }
    }

    static Optional<Path> find(String name) {
        return Arrays.stream(
                        System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":"))
                .filter(directory -> directory.startsWith("/"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Returns the beginning of a file that may be large. */
    static String beginning(Path file) throws IOException {
        try (InputStream input = Files.newInputStream(file)) {
            return new String(input.readNBytes(OUTPUT_BYTES_MAX), StandardCharsets.UTF_8);
        }
    }

    static Ended run(List<String> argv) throws IOException {
        Process process = new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        try (InputStream output = process.getInputStream()) {
            byte[] beginning = output.readNBytes(OUTPUT_BYTES_MAX);
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new IOException("%s took longer than %d s".formatted(argv.getFirst(), SECONDS_MAX));
            }
            return new Ended(process.exitValue(), new String(beginning, StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while running " + argv.getFirst(), e);
        } finally {
            process.destroyForcibly();
        }
    }
}
