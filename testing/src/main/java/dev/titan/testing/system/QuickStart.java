package dev.titan.testing.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How the built jar starts in tests: as the launcher starts it, unpacked and with an AOT cache (JEP 514) of a recorded
 * start, which takes more than half off the processor time of each of the dozens of starts. The first start of a jar pays
 * for both. Where either fails, starts are merely slower: tests prove the same without.
 *
 * @param jar the jar to run
 * @param options of the JVM, besides those of every process under test
 */
record QuickStart(Path jar, List<String> options) {

    /** Of all modules, since making it takes as long as ten starts; a directory of it is named by what the jar holds. */
    private static final Path PLACE = Path.of(System.getProperty("titan.root", "."), "target", "quick-start");

    /** Enough of a digest to tell builds of one jar apart. */
    private static final int NAME_LENGTH = 16;

    /** A start that nobody gives a task needs no sandboxes. */
    private static final Map<String, String> WITHOUT_POOL = Map.of("TITAN_SANDBOX_POOL_MAX", "0");

    /** Assembling the cache comes at the end of the recorded process, and takes as long as ten starts. */
    private static final Duration RECORDED_WITHIN = Duration.ofMinutes(2);

    /** Most processes under test live for seconds: compiling well would cost more than it brings. */
    private static final List<String> SHORT_LIVED = List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    /** As the launcher runs {@code up}. */
    private static final List<String> LONG_LIVED = List.of("-Xmx1g");

    /** Prepared once for a JVM, by whichever test asks first; the others wait. */
    private static final class Prepared {
        static final QuickStart START = prepare(TitanProcess.jar());
    }

    QuickStart {
        options = List.copyOf(options);
    }

    /** Returns the start of the built jar. */
    static QuickStart ofTheBuiltJar() {
        return Prepared.START;
    }

    /** Returns the start of the built jar with the options that users' servers have, and without a cache. */
    static QuickStart asServed() throws IOException {
        try (FileChannel lock = lock();
                FileLock _ = lock.lock()) {
            return new QuickStart(unpacked(TitanProcess.jar()), LONG_LIVED);
        }
    }

    private static QuickStart prepare(Path jar) {
        try (FileChannel lock = lock();
                FileLock _ = lock.lock()) {
            Path unpacked = unpacked(jar);
            Path cache = unpacked.resolveSibling("titan-%s.aot".formatted(Runtime.version()));
            if (!Files.exists(cache)) {
                record(unpacked, cache);
            }
            return shortLived(unpacked, "-XX:AOTCache=" + cache);
        } catch (IOException | IllegalStateException e) {
            System.err.printf("starts of %s will be slow: %s%n", jar, e.getMessage());
            return new QuickStart(jar, SHORT_LIVED);
        }
    }

    private static QuickStart shortLived(Path jar, String cache) {
        return new QuickStart(
                jar, Stream.concat(SHORT_LIVED.stream(), Stream.of(cache)).toList());
    }

    /**
     * A cache is trusted by the size and time of the jars it was recorded from, and the build gives all of them one time;
     * so what was prepared is found again only by the content.
     */
    private static Path unpacked(Path jar) throws IOException {
        Path directory = PLACE.resolve(digest(jar)).toAbsolutePath();
        Path unpacked = directory.resolve(jar.getFileName());
        if (!Files.exists(unpacked)) {
            delete(PLACE);
            unpack(jar, directory);
        }
        return unpacked;
    }

    /** Modules are built side by side: whoever comes second waits for what the first one makes. */
    private static FileChannel lock() throws IOException {
        Files.createDirectories(PLACE.toAbsolutePath().getParent());
        return FileChannel.open(
                PLACE.resolveSibling("quick-start.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static String digest(Path jar) throws IOException {
        try (InputStream content = Files.newInputStream(jar);
                DigestInputStream digest = new DigestInputStream(content, MessageDigest.getInstance("SHA-256"))) {
            digest.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest()).substring(0, NAME_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM knows SHA-256", e);
        }
    }

    /** The directory gets its name when it is complete. */
    private static void unpack(Path jar, Path directory) throws IOException {
        Path unfinished = directory.resolveSibling("unpacking");
        ShellOutput unpacking = ShellOutput.of(
                TitanProcess.java().toString(),
                "-Djarmode=tools",
                "-jar",
                jar.toString(),
                "extract",
                "--destination",
                unfinished.toString());
        if (unpacking.status() != 0) {
            throw new IOException(unpacking.text());
        }
        Files.move(unfinished, directory);
    }

    /** Starts the whole server in a home of its own; the JVM writes the cache while it ends. */
    private static void record(Path jar, Path cache) throws IOException {
        Path recorded = cache.resolveSibling("recorded.aot");
        QuickStart recording = shortLived(jar, "-XX:AOTCacheOutput=" + recorded);
        try (TestHome home = TestHome.create();
                TitanProcess titan =
                        TitanProcess.start(recording, home.path(), TestPorts.free(), WITHOUT_POOL, List.of())) {
            titan.awaitReady();
            titan.stop(RECORDED_WITHIN);
            if (!Files.exists(recorded)) {
                throw new IOException("the JVM recorded nothing: " + titan.output());
            }
        }
        Files.move(recorded, cache);
    }

    private static void delete(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path entry : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(entry);
                }
            }
        }
    }
}
