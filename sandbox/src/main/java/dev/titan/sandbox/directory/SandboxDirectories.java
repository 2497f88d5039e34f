package dev.titan.sandbox.directory;

import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.sandbox.HostId;
import dev.titan.sandbox.SandboxSpec;
import dev.titan.sandbox.TitanHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/** The places of one provider's sandboxes on this host, below {@link TitanHome#run()}. Thread-safe. */
public final class SandboxDirectories {

    /** {@code sun_path} of Linux has 108 bytes with the closing NUL. */
    private static final int SOCKET_PATH_BYTES_MAX = 107;

    private static final Set<PosixFilePermission> OURS_ALONE = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rwxrwxrwx");
    private static final Set<PosixFilePermission> SEALED = PosixFilePermissions.fromString("rwx--x--x");

    private final Path run;
    private final HostId host;
    private final String provider;

    /**
     * @param home the home of this host
     * @param host this host
     * @param provider the provider's name
     */
    public SandboxDirectories(TitanHome home, HostId host, String provider) {
        this.run = home.run();
        this.host = host;
        this.provider = provider;
    }

    /** Returns where a sandbox's place is, whether or not it exists. */
    public SandboxDirectory of(SandboxId id) {
        return new SandboxDirectory(run.resolve(opaqueName(id)));
    }

    /**
     * Makes a sandbox's place, open for its daemon to put the socket there; harmless when it exists.
     *
     * @throws SandboxException.Refused when Titan's home has too long a path for a socket
     */
    public SandboxDirectory prepare(SandboxSpec spec) {
        SandboxDirectory directory = of(spec.id());
        int bytes = directory.socket().toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > SOCKET_PATH_BYTES_MAX) {
            throw new SandboxException.Refused(
                    "the path of a socket may have %d bytes and %s has %d: set TITAN_HOME to a shorter path"
                            .formatted(SOCKET_PATH_BYTES_MAX, directory.socket(), bytes));
        }
        try {
            makeOurs(run);
            makeOurs(directory.path());
            write(directory, spec);
            Files.createDirectories(directory.socketDirectory());
            if (!Files.exists(directory.socket(), LinkOption.NOFOLLOW_LINKS)) {
                Files.setPosixFilePermissions(directory.socketDirectory(), OPEN);
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + directory.path(), e);
        }
    }

    /** Takes from the sandbox the right to replace its socket, once that is there. */
    public void seal(SandboxId id) {
        try {
            Files.setPosixFilePermissions(of(id).socketDirectory(), SEALED);
        } catch (IOException e) {
            throw new SandboxException.Unavailable("cannot seal the socket directory of " + id, e);
        }
    }

    /** Returns what is written about a sandbox; empty when it has no place here or is another provider's. */
    public Optional<SandboxRecord> find(SandboxId id) {
        return read(of(id)).filter(record -> record.provider().equals(provider));
    }

    /** Returns every sandbox of this provider that has a place, in no order. */
    public List<SandboxRecord> list() {
        try (Stream<Path> paths = Files.list(run)) {
            return paths.map(path -> read(new SandboxDirectory(path)))
                    .flatMap(Optional::stream)
                    .filter(record -> record.provider().equals(provider))
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException e) {
            throw new SandboxException.Unavailable("cannot list " + run, e);
        }
    }

    /**
     * Removes a sandbox's place and all in it; harmless when there is none or it is another provider's. The record goes last: until then a
     * removal that was cut short is found again.
     */
    public void remove(SandboxId id) {
        SandboxDirectory directory = of(id);
        boolean foreign = read(directory)
                .filter(record -> !record.provider().equals(provider))
                .isPresent();
        if (!foreign && Files.exists(directory.path())) {
            try (Stream<Path> paths = Files.list(directory.path())) {
                for (Path path :
                        paths.filter(path -> !path.equals(directory.record())).toList()) {
                    Removal.of(path);
                }
                Removal.of(directory.path());
            } catch (IOException e) {
                throw new SandboxException.Unavailable("cannot remove " + directory.path(), e);
            }
        }
    }

    private static void makeOurs(Path path) throws IOException {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, OURS_ALONE);
    }

    private void write(SandboxDirectory directory, SandboxSpec spec) throws IOException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        SandboxRecord record = new SandboxRecord(
                spec.id(),
                spec.task(),
                provider,
                host.value(),
                spec.life().lease().toMillis(),
                now,
                now.plus(spec.life().ttl()));
        Optional<SandboxRecord> known = read(directory);
        if (known.isPresent() && !known.get().provider().equals(provider)) {
            throw new SandboxException.Refused("sandbox %s exists already with the provider %s"
                    .formatted(spec.id(), known.get().provider()));
        }
        if (known.isEmpty()) {
            Path draft = Files.createTempFile(directory.path(), "sandbox", ".draft");
            Files.write(draft, TitanJson.mapper().writeValueAsBytes(record));
            Files.move(draft, directory.record(), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static Optional<SandboxRecord> read(SandboxDirectory directory) {
        try {
            return Optional.of(
                    TitanJson.mapper().readValue(Files.readAllBytes(directory.record()), SandboxRecord.class));
        } catch (IOException | JacksonException e) {
            // No record: not a sandbox's place, or one that is being made or removed at this moment.
            return Optional.empty();
        }
    }

    /** The host's id goes in, so that places of two homes never share a name. */
    private String opaqueName(SandboxId id) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest("%s/%s".formatted(host, id).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
