package dev.titan.sandboxd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The zip, unpacked as its users unpack it. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a hang must show where
@Tag("sandboxd")
class DistributionIT {

    private static final Path ZIP = Path.of(System.getProperty("basedir", ".")).resolve("target/titan-sandboxd.zip");

    /** What the daemon answers when it is started without arguments, so when the JVM has come that far. */
    private static final int USAGE = 64;

    @TempDir
    Path place = Path.of("");

    @BeforeEach
    void unpack() throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(ZIP))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = place.resolve(entry.getName());
                Files.createDirectories(file.resolve("..").normalize());
                Files.copy(zip, file);
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r-xr-xr-x"));
                Files.setLastModifiedTime(file, entry.getLastModifiedTime());
            }
        }
    }

    @Test
    void startsFromItsCacheWhereverItIsUnpacked() throws Exception {
        assertThat(startOnlyWithCache()).isEqualTo(USAGE);
    }

    /** The control: without the times of the zip the cache is worthless, and the test above would see it. */
    @Test
    void needsTheTimesOfItsJars() throws Exception {
        Path jar;
        try (var files = Files.list(place.resolve("app"))) {
            jar = files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));

        assertThat(startOnlyWithCache()).isEqualTo(1);
    }

    /** Starts a copy of the script that fails where the real one would go on without its cache. */
    private int startOnlyWithCache() throws IOException, InterruptedException {
        Path script = place.resolve("bin/titan-sandboxd");
        Path strict = place.resolve("bin/strict");
        String text = Files.readString(script);
        assertThat(text).contains("-XX:+UseSerialGC");
        Files.writeString(strict, text.replace("-XX:+UseSerialGC", "-XX:+UseSerialGC -XX:AOTMode=on"));
        Process process = new ProcessBuilder("/bin/sh", strict.toString())
                .redirectErrorStream(true)
                .start();
        try (InputStream output = process.getInputStream()) {
            String said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            assertThat(said).as("status %d", status).isNotEmpty();
            return status;
        }
    }
}
