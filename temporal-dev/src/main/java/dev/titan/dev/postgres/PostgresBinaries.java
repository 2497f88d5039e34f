package dev.titan.dev.postgres;

import dev.titan.dev.EmbeddedStackException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's programs, unpacked once from the archive in the jar. They are found by their version, so a newer Titan
 * unpacks its own beside them.
 *
 * @param directory holds {@code bin}, {@code lib} and {@code share}
 */
public record PostgresBinaries(Path directory) {

    /** Of the archive in the jar; the first number names the format of the data directory. */
    static final String VERSION = "18.6.0";

    static final String MAJOR_VERSION = VERSION.substring(0, VERSION.indexOf('.'));

    private static final int OWNER_EXECUTES = 0100;

    /**
     * Returns the programs, unpacking them below {@code parent} when they are not there yet. Two processes may do so at
     * once: each unpacks on its own and the first to finish wins.
     */
    public static PostgresBinaries unpack(Path parent) throws IOException {
        Path target = parent.resolve("postgres-" + VERSION);
        if (!Files.isDirectory(target)) {
            Files.createDirectories(parent);
            Path unfinished = Files.createTempDirectory(parent, "unpacking-");
            try {
                extract(unfinished);
                publish(unfinished, target);
            } finally {
                delete(unfinished);
            }
        }
        return new PostgresBinaries(target);
    }

    /** Returns the directory in which everything this user runs may share the programs, homes and tests alike. */
    public static Path shared() {
        return Path.of(System.getProperty("user.home"), ".cache", "titan");
    }

    Path program(String name) {
        return directory.resolve("bin").resolve(name);
    }

    private static void extract(Path target) throws IOException {
        try (InputStream archive = archive();
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive)))) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
            for (@Nullable TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("the archive has an entry outside itself: " + entry.getName());
                }
                Files.createDirectories(path.getParent());
                write(entry, tar, path);
            }
        }
    }

    /** Permissions are set whatever the umask: the account that runs PostgreSQL need not be the one that unpacks it. */
    private static void write(TarArchiveEntry entry, InputStream content, Path path) throws IOException {
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isDirectory()) {
            Files.createDirectories(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        } else {
            Files.copy(content, path);
            boolean executable = (entry.getMode() & OWNER_EXECUTES) != 0;
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private static void publish(Path unfinished, Path target) throws IOException {
        try {
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(target)) {
                throw e;
            }
        }
    }

    private static InputStream archive() {
        String name = "/postgres-linux-" + architecture() + ".txz";
        @Nullable InputStream archive = PostgresBinaries.class.getResourceAsStream(name);
        if (archive == null) {
            throw new EmbeddedStackException(
                    "This build of Titan carries no PostgreSQL for %s. Build it on this machine, or use docker-compose.yml."
                            .formatted(System.getProperty("os.arch")));
        }
        return archive;
    }

    private static String architecture() {
        return switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64" -> "arm_64";
            case String other -> other;
        };
    }

    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failed) throws IOException {
                if (failed != null) {
                    throw new UncheckedIOException(failed);
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
