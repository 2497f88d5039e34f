package dev.titan.e2e;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.titan.dev.home.TitanHome;
import dev.titan.dev.temporal.TemporalCli;
import dev.titan.dev.temporal.TemporalCliFinder;
import dev.titan.dev.temporal.TemporalCliFinder.FetchPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Temporal's program with one more value of its dynamic config, of which Titan knows nothing. */
final class TemporalProgram {

    private TemporalProgram() {}

    /** Returns the settings by which {@code up} starts it; it is put into this directory. */
    static Map<String, String> with(Path directory, String key, Object value) {
        Path program = directory.resolve("temporal");
        try {
            Files.writeString(program, """
                    #!/bin/sh
                    exec '%s' "$@" --dynamic-config-value %s=%s
                    """.formatted(installed(), key, value));
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(TemporalCliFinder.VARIABLE, program.toString());
    }

    /** The machine's own program: without one the full suite fails and a developer's quick run skips. */
    private static Path installed() throws IOException {
        TitanHome usual = TitanHome.of(System.getenv());
        try {
            return switch (new TemporalCliFinder(usual, System.getenv(), FetchPolicy.REFUSE, _ -> {}).find()) {
                case TemporalCli.Found(Path program) -> program;
                case TemporalCli.Missing(String reason) ->
                    Boolean.getBoolean("titan.skipMissing") ? abort(reason) : fail(reason);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
