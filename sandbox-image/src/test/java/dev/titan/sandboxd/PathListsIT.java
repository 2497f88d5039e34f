package dev.titan.sandboxd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.sandbox.FileReply.Written;
import dev.titan.sandboxd.protocol.SandboxdRoute;
import dev.titan.testing.corpus.Corpora;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every path of the corpus's lists, some 14,000 that others have collected, through the daemon's routes for files: as it is,
 * decoded once and decoded twice.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a hang must show where
@Tag("sandboxd")
class PathListsIT {

    private static final List<String> LISTS = List.of(
            "directory_traversal.txt",
            "deep_traversal.txt",
            "exotic_encoding.txt",
            "dotdotpwn.txt.gz",
            "traversal.txt",
            "jhaddix_lfi.txt",
            "linux_files.txt");

    /** What the placeholder of some lists may stand for: a file of the machine, and the one beside the workspace. */
    private static final List<String> FILES = List.of("etc/passwd", "outside/secret.txt");

    private static final String SECRET = "MUST-NOT-BE-READ";
    private static final byte[] NOTHING = {};
    private static final byte[] CONTENT = {'x'};

    @TempDir
    Path directory = Path.of("");

    /** Reads come first: a daemon that reads what it must not does not get to write. */
    @Test
    void readsAndWritesNothingOutsideTheWorkspace() throws IOException {
        Path outside = Files.createDirectories(directory.resolve("outside"));
        Files.writeString(outside.resolve("secret.txt"), SECRET);
        String password = Files.readAllLines(Path.of("/etc/passwd")).getFirst();
        Set<String> paths = paths();
        try (DaemonProcess daemon = DaemonProcess.start(directory);
                RawConnection connection = new RawConnection(daemon.socket())) {
            Map<String, Long> before = filesOutside();
            for (String path : paths) {
                DaemonProcess.Answer read = connection.ask("GET", SandboxdRoute.FILES + "?path=" + path, NOTHING);
                assertThat(read.status()).as(path).isGreaterThanOrEqualTo(400);
                assertThat(read.text()).as(path).doesNotContain(SECRET, password);
            }
            Path root = daemon.root().toRealPath();
            int asked = 0;
            int written = 0;
            for (String path : paths) {
                String target = "%s?key=w%d&path=%s".formatted(SandboxdRoute.FILES, asked++, path);
                DaemonProcess.Answer write = connection.ask("PUT", target, CONTENT);
                if (write.status() == 200) {
                    written++;
                    Path file = root.resolve(write.json(Written.class).path());
                    assertThat(file.toRealPath()).as(path).startsWith(root);
                }
            }
            assertThat(filesOutside()).isEqualTo(before);
            assertThat(outside.resolve("secret.txt")).hasContent(SECRET);
            if (!paths.isEmpty()) {
                assertThat(written)
                        .as("odd but honest names are files like others")
                        .isPositive();
            }
        }
    }

    /** Files that a path of the lists could mean, with the times they were changed. */
    private Map<String, Long> filesOutside() throws IOException {
        Map<String, Long> files = new TreeMap<>();
        for (Path place : List.of(directory, directory.resolve("outside"), Path.of("/etc"), Path.of("/"))) {
            try (Stream<Path> entries = Files.list(place)) {
                for (Path file : entries.filter(Files::isRegularFile).toList()) {
                    files.put(file.toString(), Files.getLastModifiedTime(file).toMillis());
                }
            }
        }
        return files;
    }

    /** Returns them as they go into a query; a set, since lists overlap and most paths have nothing to decode. */
    private static Set<String> paths() throws IOException {
        Set<String> paths = new LinkedHashSet<>();
        for (String list : LISTS) {
            for (String line : lines(list)) {
                for (String file : line.contains("{FILE}") ? FILES : List.of("")) {
                    byte[] raw = line.replace("{FILE}", file).getBytes(StandardCharsets.ISO_8859_1);
                    byte[] once = decoded(raw);
                    Stream.of(raw, once, decoded(once))
                            .map(PathListsIT::inQuery)
                            .forEach(paths::add);
                }
            }
        }
        return paths;
    }

    /** Bytes as they are: not all of them are UTF-8. */
    private static List<String> lines(String list) throws IOException {
        Path file = Corpora.path("path-traversal/" + list);
        if (!Files.exists(file)) {
            return Corpora.lines("path-traversal/" + list); // which says so
        }
        try (InputStream bytes = Files.newInputStream(file);
                InputStream plain = list.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes) {
            return new String(plain.readAllBytes(), StandardCharsets.ISO_8859_1)
                    .lines()
                    .toList();
        }
    }

    private static byte[] decoded(byte[] encoded) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        for (int i = 0; i < encoded.length; i++) {
            int high = i + 2 < encoded.length ? Character.digit(encoded[i + 1], 16) : -1;
            int low = i + 2 < encoded.length ? Character.digit(encoded[i + 2], 16) : -1;
            if (encoded[i] == '%' && high >= 0 && low >= 0) {
                decoded.write(high << 4 | low);
                i += 2;
            } else {
                decoded.write(encoded[i]);
            }
        }
        return decoded.toByteArray();
    }

    private static String inQuery(byte[] path) {
        StringBuilder query = new StringBuilder();
        for (byte one : path) {
            query.append("%%%02X".formatted(one & 0xff));
        }
        return query.toString();
    }
}
