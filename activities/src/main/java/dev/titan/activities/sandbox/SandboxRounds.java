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

    /** Often enough for any usual lease, and a row in the database each. */
    private static final Duration RENEWAL_MAX = Duration.ofSeconds(30);

    /** A lease that is shorter than usual is renewed this many times before it would run out. */
    private static final int RENEWALS_OF_A_LEASE = 4;

    private final SandboxHost host;
    private final SandboxLeases leases;
    private final SandboxRegistry sandboxes;
    private final WorkspaceRepository workspaces;
    private final Reaping reaping;
    private final Duration overdue;
    private final Duration renewal;
    private final LongSupplier nanoClock;

    /** What is gone and not yet written down so, for the database may be away. */
    private final Queue<SandboxId> ended = new ArrayDeque<>();

    private long lastRoundNanos;
    private long lastRenewalNanos;

    /** @param overdue time without a round after which a sweep makes one: whoever makes rounds is dead by then */
    public SandboxRounds(
            SandboxHost host, SandboxRegistry sandboxes, WorkspaceRepository workspaces, Duration overdue) {
        this(host, sandboxes, workspaces, overdue, System::nanoTime);
    }

    SandboxRounds(
            SandboxHost host,
            SandboxRegistry sandboxes,
            WorkspaceRepository workspaces,
            Duration overdue,
            LongSupplier nanoClock) {
        this.host = host;
        this.leases = new SandboxLeases(host.provider());
        this.sandboxes = sandboxes;
        this.workspaces = workspaces;
        this.reaping = Reaping.configured();
        this.overdue = overdue;
        Duration part = host.life().lease().dividedBy(RENEWALS_OF_A_LEASE);
        this.renewal = part.compareTo(RENEWAL_MAX) < 0 ? part : RENEWAL_MAX;
        this.nanoClock = nanoClock;
        this.lastRoundNanos = nanoClock.getAsLong();
        this.lastRenewalNanos = lastRoundNanos - renewal.toNanos();
    }

    /** Makes a round; a failure of the database or the engine leaves the rest to the next one. */
    public void round() {
        if (reaping == Reaping.ON) {
            make();
        }
    }

    private synchronized void make() {
        lastRoundNanos = nanoClock.getAsLong();
        ended.addAll(leases.endExpired());
        ended.addAll(leases.reclaim(this::isWanted));
        while (!ended.isEmpty()) {
            sandboxes.destroyed(ended.element());
            ended.remove();
        }
        if (nanoClock.getAsLong() - lastRenewalNanos >= renewal.toNanos()) {
            lastRenewalNanos = nanoClock.getAsLong();
            leases.renewAll().forEach(sandboxes::renewed);
            sandboxes.seen(host.host().value(), host.provider().name());
        }
    }

    /** Makes a round if the last one is long ago, and returns whether it was. */
    boolean roundIfOverdue() {
        synchronized (this) {
            if (reaping == Reaping.OFF || nanoClock.getAsLong() - lastRoundNanos < overdue.toNanos()) {
                return false;
            }
        }
        make();
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
