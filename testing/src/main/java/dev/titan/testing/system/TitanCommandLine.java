package dev.titan.testing.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One command of the built jar, run to its end as a user would run it.
 *
 * @param status the exit status
 * @param output what it printed, standard error included
 */
public record TitanCommandLine(int status, String output) {

    /** The first run of a home makes two databases and a sandbox image. */
    private static final Duration END_MAX = Duration.ofMinutes(5);

    /** Runs {@code titan} with these arguments; the home is the only setting besides the environment given. */
    public static TitanCommandLine run(Path home, Map<String, String> environment, List<String> arguments) {
        Path log = home.resolve("command.out");
        try {
            Process process = TitanProcess.launch(home, log, environment, arguments);
            if (!process.waitFor(END_MAX.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "titan %s did not end within %s:%n%s".formatted(arguments, END_MAX, read(log)));
            }
            return new TitanCommandLine(process.exitValue(), read(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Returns the first line printed. */
    public String firstLine() {
        return output.lines().findFirst().orElse("");
    }

    private static String read(Path log) throws IOException {
        return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    }
}
