package dev.titan.dev.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The dev server as Titan starts it. */
@Tag("temporal")
@Timeout(120)
class TemporalDevServerIT {

    @TempDir
    private Path home;

    /** The server takes a pragma it does not know in silence, so only the file tells. */
    @Test
    void writesItsDatabaseAheadInALog() throws Exception {
        try (DevServer server = DevServer.start(home, DynamicConfig.values())) {
            assertThat(server.target()).isNotBlank();
            assertThat(home.resolve("temporal/data/temporal.db-wal")).isNotEmptyFile();
        }
    }

    @Test
    void leavesHalfOfTheProcessorsToOthers() throws Exception {
        try (DevServer server = DevServer.start(home, DynamicConfig.values())) {
            assertThat(server.target()).isNotBlank();
            long pid = server.child().process().orElseThrow().pid();
            assertThat(Files.readString(Path.of("/proc/%d/environ".formatted(pid)))
                            .split("\0", -1))
                    .contains("GOMAXPROCS=" + Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        }
    }
}
