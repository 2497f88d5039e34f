package dev.titan.activities.sandbox;

import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.sandbox.SandboxLeases;
import dev.titan.sandbox.SandboxSpec;
import dev.titan.store.sandbox.SandboxRegistry;
import dev.titan.store.sandbox.WorkspaceRepository;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The rounds over this host's sandboxes: what is past its age or half made goes first and asks nobody; then what belongs to
 * no open task any more; then the others' leases are renewed. Removing never waits for the network. Thread-safe.
 */
public final class SandboxRounds {

    /** Between two rounds: soon enough for leftovers to be gone before anybody looks. */
    public static final Duration ROUND = Duration.ofSeconds(5);

    /** Many times within the shortest lease that is used, and a row in the database each. */
    private static final Duration RENEWAL = Duration.ofSeconds(30);

    /** Whoever makes rounds has missed several by then, or is dead. */
    private static final Duration OVERDUE = Duration.ofSeconds(60);

    private final SandboxHost host;
    private final SandboxLeases leases;
    private final SandboxRegistry sandboxes;
    private final WorkspaceRepository workspaces;
    private final LongSupplier nanoClock;

    /** What is gone and not yet written down so, for the database may be away. */
    private final Queue<SandboxId> ended = new ArrayDeque<>();

    private long lastRoundNanos;
    private long lastRenewalNanos;

    public SandboxRounds(SandboxHost host, SandboxRegistry sandboxes, WorkspaceRepository workspaces) {
        this(host, sandboxes, workspaces, System::nanoTime);
    }

    SandboxRounds(SandboxHost host, SandboxRegistry sandboxes, WorkspaceRepository workspaces, LongSupplier nanoClock) {
        this.host = host;
        this.leases = new SandboxLeases(host.provider());
        this.sandboxes = sandboxes;
        this.workspaces = workspaces;
        this.nanoClock = nanoClock;
        this.lastRoundNanos = nanoClock.getAsLong();
        this.lastRenewalNanos = lastRoundNanos - RENEWAL.toNanos();
    }

    /** Makes a round; a failure of the database or the engine leaves the rest to the next one. */
    public synchronized void round() {
        lastRoundNanos = nanoClock.getAsLong();
        ended.addAll(leases.endExpired());
        ended.addAll(leases.reclaim(this::isWanted));
        while (!ended.isEmpty()) {
            sandboxes.destroyed(ended.element());
            ended.remove();
        }
        if (nanoClock.getAsLong() - lastRenewalNanos >= RENEWAL.toNanos()) {
            lastRenewalNanos = nanoClock.getAsLong();
            leases.renewAll().forEach(sandboxes::renewed);
            sandboxes.seen(host.host().value(), host.provider().name());
        }
    }

    /** Makes a round if the last one is long ago, and returns whether it was. */
    boolean roundIfOverdue() {
        synchronized (this) {
            if (nanoClock.getAsLong() - lastRoundNanos < OVERDUE.toNanos()) {
                return false;
            }
        }
        round();
        return true;
    }

    /** One whose place another generation has taken is wanted no more. */
    private Predicate<SandboxId> isWanted() {
        Set<SandboxId> wanted = workspaces.current().stream()
                .map(current -> SandboxSpec.idFor(current.task(), current.generation()))
                .collect(Collectors.toSet());
        return wanted::contains;
    }
}
