package dev.titan.sandbox.client;

import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.sandbox.directory.SandboxDirectories;
import dev.titan.sandbox.directory.SandboxRecord;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** The clients of one provider's sandboxes, one each, made when first asked for. Thread-safe. */
public final class Workspaces implements AutoCloseable {

    /** A cold start takes 0.3 s to 0.9 s; a host under heavy load needs many times that. */
    private static final Duration START_MAX = Duration.ofSeconds(30);

    /** Between two looks for the socket while a daemon starts. */
    private static final Duration START_POLL = Duration.ofMillis(4);

    /** The provider is asked after the sandbox once in so many looks: it costs milliseconds. */
    private static final int LIVENESS_EVERY = 25;

    private final SandboxDirectories directories;
    private final Liveness liveness;
    private final ConcurrentHashMap<SandboxId, DaemonClient> clients = new ConcurrentHashMap<>();

    /**
     * @param directories the places of the provider's sandboxes
     * @param liveness what the provider knows about them
     */
    public Workspaces(SandboxDirectories directories, Liveness liveness) {
        this.directories = directories;
        this.liveness = liveness;
    }

    /**
     * Returns the client of a sandbox; with the socket in its place nobody else is asked.
     *
     * @throws SandboxException.Lost when the sandbox is gone
     */
    public DaemonClient connect(SandboxId id) {
        if (!clients.containsKey(id) || !Files.exists(socketOf(id), LinkOption.NOFOLLOW_LINKS)) {
            requireAlive(id);
        }
        return client(id);
    }

    /**
     * Waits until the daemon of a sandbox that is starting answers, then takes from the sandbox the right to replace its
     * socket.
     *
     * @throws SandboxException.Lost when the sandbox ended instead
     * @throws SandboxException.Unavailable when it takes too long
     */
    public DaemonClient awaitStart(SandboxId id) {
        DaemonClient client = client(id);
        long giveUp = System.nanoTime() + START_MAX.toNanos();
        for (int look = 1; !Files.exists(socketOf(id), LinkOption.NOFOLLOW_LINKS) || !client.answers(); look++) {
            if (look % LIVENESS_EVERY == 0) {
                requireAlive(id);
            }
            if (System.nanoTime() - giveUp >= 0 || Thread.currentThread().isInterrupted()) {
                throw new SandboxException.Unavailable("sandbox %s did not start within %s".formatted(id, START_MAX));
            }
            LockSupport.parkNanos(START_POLL.toNanos());
        }
        directories.seal(id);
        return client;
    }

    /** Starts a sandbox's lease anew and returns when it ends if nobody does so again. */
    public Instant renew(SandboxId id) {
        DaemonClient client = connect(id);
        SandboxRecord record =
                directories.find(id).orElseThrow(() -> new SandboxException.Lost(id, "its place on this host is gone"));
        Duration lease = Duration.ofMillis(record.leaseMs());
        Instant end = Instant.now().plus(lease).truncatedTo(ChronoUnit.MILLIS);
        client.renew(lease);
        return end.isBefore(record.expiresAt()) ? end : record.expiresAt();
    }

    /**
     * Returns the client of a sandbox that was claimed and whose lease begins now.
     *
     * @throws SandboxException.Lost when the sandbox is gone
     */
    public DaemonClient begin(SandboxRecord claimed) {
        DaemonClient client = client(claimed.id());
        client.renew(Duration.ofMillis(claimed.leaseMs()));
        return client;
    }

    /** Closes the connections to a sandbox that is to be destroyed. */
    public void forget(SandboxId id) {
        DaemonClient client = clients.remove(id);
        if (client != null) {
            client.close();
        }
    }

    @Override
    public void close() {
        clients.keySet().forEach(this::forget);
    }

    private DaemonClient client(SandboxId id) {
        return clients.computeIfAbsent(id, absent -> new DaemonClient(id, socketOf(id), liveness));
    }

    private Path socketOf(SandboxId id) {
        return directories.of(id).socket();
    }

    private void requireAlive(SandboxId id) {
        if (directories.find(id).isEmpty()) {
            throw new SandboxException.Lost(id, "it has no place on this host");
        }
        liveness.goneBecause(id).ifPresent(reason -> {
            throw new SandboxException.Lost(id, reason);
        });
    }
}
