package dev.titan.sandbox;

import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.sandbox.directory.Removal;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Where the daemon is on this host: a directory that is mounted read-only into every sandbox. Looked up once, when it is
 * first needed. Thread-safe.
 */
public final class SandboxdDistribution {

    /** The setting that names a directory to use instead of the one in the jar. */
    public static final String SETTING = "titan.sandboxd";

    /** The class-path resource that holds the directory. */
    public static final String RESOURCE = "titan-sandboxd.zip";

    /** Bounds the unpacking of a wrong archive: the real one has about 100 MB in 200 files. */
    private static final int ENTRIES_MAX = 10_000;

    private final @Nullable Path set;
    private final TitanHome home;
    private final ClassLoader resources;
    private @Nullable Path found;

    /**
     * @param setting the value of {@link #SETTING}, empty for the daemon in the jar
     * @param home where the daemon in the jar is unpacked
     */
    public SandboxdDistribution(Optional<Path> setting, TitanHome home) {
        this(setting, home, SandboxdDistribution.class.getClassLoader());
    }

    SandboxdDistribution(Optional<Path> setting, TitanHome home, ClassLoader resources) {
        this.set = setting.map(path -> path.toAbsolutePath().normalize()).orElse(null);
        this.home = home;
        this.resources = resources;
    }

    /**
     * Returns the directory, unpacking it when this is the first use of this version.
     *
     * @throws SandboxException.Refused when there is no daemon
     */
    public synchronized Path directory() {
        if (found == null) {
            Path directory = set != null ? set : unpacked();
            if (!Files.isExecutable(directory.resolve("bin/titan-sandboxd"))) {
                throw new SandboxException.Refused(
                        "there is no daemon in %s; build the module sandbox-image or unset %s"
                                .formatted(directory, SETTING));
            }
            found = directory;
        }
        return found;
    }

    private Path unpacked() {
        try {
            Path target = home.sandboxd().resolve(resourceHash());
            if (!Files.exists(target)) {
                Files.createDirectories(home.sandboxd());
                Path draft = Files.createTempDirectory(home.sandboxd(), "unpacking");
                unpackInto(draft);
                moveInto(target, draft);
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack the daemon into " + home.sandboxd(), e);
        }
    }

    private String resourceHash() throws IOException {
        try (InputStream resource = resource()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(resource, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest(), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private InputStream resource() {
        InputStream resource = resources.getResourceAsStream(RESOURCE);
        if (resource == null) {
            throw new SandboxException.Refused(
                    "%s is not on the class path and %s is not set".formatted(RESOURCE, SETTING));
        }
        return resource;
    }

    /** A class loader's stream is locked for each read, and every class waits for it: few large reads. */
    private static final int READ_BYTES = 1024 * 1024;

    /** Everything becomes readable and executable for the sandbox's user; which files are programs a zip may not say. */
    private void unpackInto(Path draft) throws IOException {
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(resource(), READ_BYTES))) {
            int entries = 0;
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = draft.resolve(entry.getName()).normalize();
                if (!file.startsWith(draft) || ++entries > ENTRIES_MAX) {
                    throw new IOException("%s is not an archive of ours: %s".formatted(RESOURCE, entry.getName()));
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.resolveSibling("."));
                    Files.copy(zip, file);
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r-xr-xr-x"));
                    if (entry.getLastModifiedTime() != null) {
                        // The daemon's AOT cache is valid only for jars with the times it was made from.
                        Files.setLastModifiedTime(file, entry.getLastModifiedTime());
                    }
                }
            }
        }
    }

    private static void moveInto(Path target, Path draft) throws IOException {
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Removal.of(draft);
            // Another process may have unpacked the same version first.
            if (!Files.exists(target)) {
                throw e;
            }
        }
    }
}
