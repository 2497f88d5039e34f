package dev.titan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.contracts.sandbox.SandboxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxdDistributionTest {

    @TempDir
    private Path directory;

    @Test
    void isTheDirectoryThatIsSet() throws Exception {
        Path program = Files.createDirectories(directory.resolve("d/bin")).resolve("titan-sandboxd");
        assertThat(Files.createFile(program).toFile().setExecutable(true)).isTrue();

        assertThat(distribution(directory.resolve("d/../d")).directory()).isEqualTo(directory.resolve("d"));
    }

    @Test
    void refusesADirectoryWithoutADaemon() {
        SandboxdDistribution distribution = distribution(directory);

        assertThatThrownBy(distribution::directory)
                .isInstanceOf(SandboxException.Refused.class)
                .hasMessageContaining(directory.toString());
    }

    @Test
    void isUnpackedOnceFromTheJar() throws Exception {
        FileTime time = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));
        zip("bin/titan-sandboxd", time);
        TitanHome home = new TitanHome(directory.resolve("home"));
        try (URLClassLoader jar =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
            Path first = new SandboxdDistribution(Optional.empty(), home, jar).directory();
            Path second = new SandboxdDistribution(Optional.empty(), home, jar).directory();

            assertThat(first).isEqualTo(second).hasParent(home.sandboxd());
            assertThat(home.sandboxd().toFile().list()).hasSize(1);
            assertThat(first.resolve("bin/titan-sandboxd")).isExecutable().isReadable();
            assertThat(Files.getLastModifiedTime(first.resolve("bin/titan-sandboxd")))
                    .isEqualTo(time);
        }
    }

    @Test
    void refusesAnArchiveThatLeavesItsDirectory() throws Exception {
        zip("../../outside", FileTime.fromMillis(0));
        TitanHome home = new TitanHome(directory.resolve("home"));
        try (URLClassLoader jar =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
            SandboxdDistribution distribution = new SandboxdDistribution(Optional.empty(), home, jar);

            assertThatThrownBy(distribution::directory).isInstanceOf(UncheckedIOException.class);
            assertThat(home.path().resolve("outside")).doesNotExist();
        }
    }

    private void zip(String entryName, FileTime time) throws IOException {
        try (ZipOutputStream zip =
                new ZipOutputStream(Files.newOutputStream(directory.resolve(SandboxdDistribution.RESOURCE)))) {
            zip.putNextEntry(new ZipEntry(entryName).setLastModifiedTime(time));
            zip.write(1);
        }
    }

    private SandboxdDistribution distribution(Path setting) {
        return new SandboxdDistribution(Optional.of(setting), new TitanHome(directory));
    }
}
