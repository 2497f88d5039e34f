package dev.titan.sandboxd.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.checkpoint.Scan;
import dev.titan.sandboxd.file.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScansTest {

    private static final Executor NOBODY = task -> {
        throw new RejectedExecutionException("busy");
    };

    @TempDir
    private Path root;

    @BeforeEach
    void fill() throws IOException {
        for (int directory = 0; directory < 12; directory++) {
            for (int file = 0; file < 40; file++) {
                write("d%d/deeper%d/f%d".formatted(directory, file % 3, file), "%d %d".formatted(directory, file));
            }
        }
        write("d7/closed/file", "secret");
        Files.setPosixFilePermissions(root.resolve("d7/closed"), PosixFilePermissions.fromString("---------"));
        Files.createSymbolicLink(root.resolve("d3/link"), Path.of("../d4"));
        Files.createDirectory(root.resolve("empty"));
    }

    @Test
    void findsTheSameWhoeverHelps() throws Exception {
        Scan.State alone = scans(NOBODY).scan("");
        try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
            Scans helped = scans(pool);
            for (int round = 0; round < 50; round++) {
                assertThat(helped.scan("")).isEqualTo(alone);
            }
        }
        assertThat(scans(Runnable::run).scan("")).isEqualTo(alone);
        assertThat(alone.entries()).isEqualTo(12 + 12 * 3 + 12 * 40 + 4);
    }

    @Test
    void sendsNoPagesOfWhatIsKnown() throws Exception {
        Scans scans = scans(NOBODY);
        Scan.State first = scans.scan("");

        assertThat(first.pages()).isNotEmpty();
        assertThat(scans.scan(first.fingerprint()))
                .isEqualTo(new Scan.State(first.fingerprint(), first.entries(), first.bytes(), List.of()));
    }

    /** Its size and its time of change are as they were; the time at which that was done is not. */
    @Test
    void seesAChangeThatHidesItsTraces() throws Exception {
        Path file = root.resolve("d5/deeper1/f1");
        FileTime modified = Files.getLastModifiedTime(file);
        Scans scans = scans(NOBODY);
        scans.scan("");
        Scan.State before = scans.scan("");

        write("d5/deeper1/f1", "1 5");
        Files.setLastModifiedTime(file, modified);

        assertThat(scans.scan("").fingerprint()).isNotEqualTo(before.fingerprint());
        assertThat(scans.scan("")).isEqualTo(scans(NOBODY).scan(""));
    }

    @Test
    void seesALinkThatLeadsElsewhere() throws Exception {
        Scans scans = scans(NOBODY);
        scans.scan("");
        Scan.State before = scans.scan("");

        Files.delete(root.resolve("d3/link"));
        Files.createSymbolicLink(root.resolve("d3/link"), Path.of("../d6"));

        assertThat(scans.scan("").fingerprint()).isNotEqualTo(before.fingerprint());
    }

    private Scans scans(Executor helpers) throws IOException {
        return new Scans(new Workspace(root), helpers);
    }

    private void write(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
