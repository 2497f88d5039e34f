package dev.titan.sandbox.directory;

import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.sandbox.HostId;
import dev.titan.sandbox.Launch;
import dev.titan.sandbox.SandboxSpec;
import dev.titan.sandbox.TitanHome;
import dev.titan.sandbox.WarmId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The places of one provider's sandboxes on this host, below {@link TitanHome#run()}. A place changes its owner under a
 * lock that its holder's death gives back, so a change that is half done when the lock is held is one that a process died
 * of. Thread-safe.
 */
public final class SandboxDirectories {

    /** {@code sun_path} of Linux has 108 bytes with the closing NUL. */
    private static final int SOCKET_PATH_BYTES_MAX = 107;

    private static final Set<PosixFilePermission> OURS_ALONE = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rwxrwxrwx");
    private static final Set<PosixFilePermission> SEALED = PosixFilePermissions.fromString("rwx--x--x");

    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rwxr-xr-x");

    private final Path run;
    private final HostId host;
    private final String provider;
    private final PlaceNames names;
    private final HostLock lock;

    /**
     * @param home the home of this host
     * @param host this host
     * @param provider the provider's name
     */
    public SandboxDirectories(TitanHome home, HostId host, String provider) {
        this.run = home.run();
        this.host = host;
        this.provider = provider;
        this.names = new PlaceNames(host);
        this.lock = new HostLock(home.path().resolve("places.lock"));
    }

    /** Returns where a sandbox's place is, whether or not it exists. */
    public SandboxDirectory of(SandboxId id) {
        return new SandboxDirectory(run.resolve(names.of(id)));
    }

    /** Returns {@link #settle} without a pool, as the place. */
    public SandboxDirectory prepare(SandboxSpec spec) {
        settle(spec, List.of());
        return of(spec.id());
    }

    /**
     * Makes sure that a task's sandbox has a place: the one it has, which an earlier try may have claimed half, that of the
     * first of {@code waiting} that can still be claimed, or a new one that is open for a daemon to put its socket there.
     *
     * @throws SandboxException.Refused when Titan's home has too long a path for a socket
     */
    public SandboxRecord settle(SandboxSpec spec, List<WarmId> waiting) {
        SandboxDirectory place = requireShort(of(spec.id()));
        return locked(() -> {
            Optional<SandboxRecord> known = RecordFile.read(place);
            if (known.isPresent()) {
                SandboxRecord ours = requireOurs(known.get(), spec.id());
                open(place);
                return ours.id().equals(spec.id()) ? ours : claimed(place, ours, spec);
            }
            Removal.of(place.path());
            for (WarmId warm : waiting) {
                SandboxDirectory theirs = of(warm.id());
                Optional<SandboxRecord> claimable =
                        RecordFile.read(theirs).filter(record -> Files.exists(theirs.ready()));
                if (claimable.isPresent()) {
                    Files.move(theirs.path(), place.path(), StandardCopyOption.ATOMIC_MOVE);
                    return claimed(place, claimable.get(), spec);
                }
            }
            return make(place, SandboxRecord.of(Launch.of(spec), spec.task(), provider, host.value()));
        });
    }

    /** Makes the place of a sandbox for the pool. */
    public SandboxDirectory prepare(Launch warm) {
        SandboxDirectory place = requireShort(of(warm.id()));
        locked(() -> make(place, SandboxRecord.of(warm, null, provider, host.value())));
        return place;
    }

    /** Lets a sandbox of the pool be claimed. */
    public void offer(WarmId warm) {
        locked(() -> Files.createFile(of(warm.id()).ready()));
    }

    /** Returns the sandboxes of the pool, whether they can be claimed or not, the oldest first. */
    public List<WarmPlace> waiting() {
        return places().filter(place -> PlaceNames.warm(place.name()).isPresent())
                .flatMap(place -> RecordFile.read(place).stream()
                        .filter(this::isOurs)
                        .map(record -> new WarmPlace(record, Files.exists(place.ready()))))
                .sorted()
                .toList();
    }

    /**
     * Takes a sandbox out of the pool so that it can be ended.
     *
     * @return false when it has a task meanwhile, and so must not be ended
     */
    public boolean withdraw(SandboxId warm) {
        return locked(() -> {
            Files.deleteIfExists(of(warm).ready());
            return Files.exists(of(warm).path())
                    || list().stream().noneMatch(record -> record.madeAs().equals(warm));
        });
    }

    /** Makes a claimed sandbox that turned out to be dead nobody's again, unless that has happened already. */
    public void discard(SandboxRecord dead) {
        locked(() -> {
            SandboxDirectory place = of(dead.id());
            if (RecordFile.read(place).filter(dead::equals).isPresent()) {
                RecordFile.write(place, dead.unclaimed());
                Files.move(place.path(), of(dead.madeAs()).path(), StandardCopyOption.ATOMIC_MOVE);
            }
            return Boolean.TRUE;
        });
    }

    /**
     * Puts right what processes have left half done when they died: a sandbox of the pool whose place had been moved and
     * not yet written over goes back, and a place that says nothing is removed.
     */
    public void recover() {
        locked(() -> {
            for (SandboxDirectory place : places().toList()) {
                Optional<SandboxRecord> record = RecordFile.read(place);
                if (record.isEmpty()) {
                    Removal.of(place.path());
                } else if (isOurs(record.get()) && !of(record.get().id()).equals(place)) {
                    Files.move(place.path(), of(record.get().id()).path(), StandardCopyOption.ATOMIC_MOVE);
                }
            }
            return Boolean.TRUE;
        });
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
        return RecordFile.read(of(id))
                .filter(this::isOurs)
                .filter(record -> record.id().equals(id));
    }

    /** Returns every task's sandbox of this provider that has a place, in no order. */
    public List<SandboxRecord> list() {
        return places().filter(place -> PlaceNames.warm(place.name()).isEmpty())
                .flatMap(place -> RecordFile.read(place).stream()
                        .filter(record -> of(record.id()).equals(place)))
                .filter(this::isOurs)
                .toList();
    }

    /** Returns every task's sandbox that is past its age. */
    public List<SandboxId> expired(Instant now) {
        return list().stream()
                .filter(record -> record.expiresAt().isBefore(now))
                .map(SandboxRecord::id)
                .toList();
    }

    /**
     * Removes a sandbox's place and all in it; harmless when there is none or it is another provider's. The record goes last: until then a
     * removal that was cut short is found again.
     */
    public void remove(SandboxId id) {
        clear(id);
        SandboxDirectory place = of(id);
        try {
            if (RecordFile.read(place).filter(record -> !isOurs(record)).isEmpty()) {
                Removal.of(place.path());
            }
        } catch (IOException e) {
            throw new SandboxException.Unavailable("cannot remove " + place.path(), e);
        }
    }

    /** Removes what an earlier sandbox has left in the place of the one that is to start there. */
    public void startOver(SandboxId id) {
        clear(id);
        try {
            open(of(id));
        } catch (IOException e) {
            throw new SandboxException.Unavailable("cannot make " + of(id).path(), e);
        }
    }

    private void clear(SandboxId id) {
        SandboxDirectory place = of(id);
        if (RecordFile.read(place).filter(record -> !isOurs(record)).isPresent() || !Files.exists(place.path())) {
            return;
        }
        try (Stream<Path> paths = Files.list(place.path())) {
            Removal.of(paths.filter(path -> !path.equals(place.record())).toList());
        } catch (IOException e) {
            throw new SandboxException.Unavailable("cannot remove what is in " + place.path(), e);
        }
    }

    private Stream<SandboxDirectory> places() {
        try (Stream<Path> paths = Files.list(run)) {
            return paths.map(SandboxDirectory::new).filter(place -> PlaceNames.isPlace(place.name())).toList().stream();
        } catch (NoSuchFileException none) {
            return Stream.empty();
        } catch (IOException e) {
            throw new SandboxException.Unavailable("cannot list " + run, e);
        }
    }

    private boolean isOurs(SandboxRecord record) {
        return record.provider().equals(provider);
    }

    private SandboxRecord requireOurs(SandboxRecord record, SandboxId id) {
        if (!isOurs(record)) {
            throw new SandboxException.Refused(
                    "sandbox %s exists already with the provider %s".formatted(id, record.provider()));
        }
        return record;
    }

    private static SandboxDirectory requireShort(SandboxDirectory place) {
        int bytes = place.socket().toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > SOCKET_PATH_BYTES_MAX) {
            throw new SandboxException.Refused(
                    "the path of a socket may have %d bytes and %s has %d: set TITAN_HOME to a shorter path"
                            .formatted(SOCKET_PATH_BYTES_MAX, place.socket(), bytes));
        }
        return place;
    }

    private static SandboxRecord claimed(SandboxDirectory place, SandboxRecord warm, SandboxSpec spec)
            throws IOException {
        SandboxRecord record = RecordFile.write(place, warm.claimedBy(spec));
        Files.deleteIfExists(place.ready());
        return record;
    }

    private SandboxRecord make(SandboxDirectory place, SandboxRecord record) throws IOException {
        makeOurs(run);
        makeOurs(place.path());
        RecordFile.write(place, record);
        open(place);
        return record;
    }

    private static void open(SandboxDirectory place) throws IOException {
        Files.createDirectories(place.socketDirectory());
        if (!Files.exists(place.socket(), LinkOption.NOFOLLOW_LINKS)) {
            Files.setPosixFilePermissions(place.socketDirectory(), OPEN);
        }
        Files.createDirectories(place.egressDirectory());
        Files.setPosixFilePermissions(place.egressDirectory(), READABLE);
    }

    private static void makeOurs(Path path) throws IOException {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, OURS_ALONE);
    }

    private <T extends @Nullable Object> T locked(HostLock.Action<T> action) {
        try {
            return lock.holding(action);
        } catch (IOException e) {
            throw new SandboxException.Unavailable("cannot change the places in " + run, e);
        }
    }
}
