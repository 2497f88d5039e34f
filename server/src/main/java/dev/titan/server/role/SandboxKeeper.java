package dev.titan.server.role;

import dev.titan.activities.sandbox.IdleSandboxes;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.sandbox.SandboxLeases;
import dev.titan.sandbox.SandboxProvider;
import dev.titan.sandbox.SandboxSpec;
import dev.titan.store.sandbox.WorkspaceRepository;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Looks after this host's sandboxes: makes their image ahead of the first task, ends those whose tasks are over, renews
 * the leases of the others, and stops those that nobody uses. When this process dies their leases run out and they end
 * by themselves.
 */
final class SandboxKeeper implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SandboxKeeper.class);

    /** Many times within a lease, and soon enough for leftovers to be gone before anybody looks. */
    private static final Duration ROUND = Duration.ofSeconds(30);

    private final SandboxProvider provider;
    private final SandboxLeases leases;
    private final IdleSandboxes idle;
    private final WorkspaceRepository workspaces;
    private @Nullable Thread rounds;

    SandboxKeeper(SandboxProvider provider, SandboxLeases leases, IdleSandboxes idle, WorkspaceRepository workspaces) {
        this.provider = provider;
        this.leases = leases;
        this.idle = idle;
        this.workspaces = workspaces;
    }

    @Override
    public synchronized void start() {
        rounds = Thread.ofPlatform().daemon().name("sandbox-keeper").start(this::keep);
    }

    private void keep() {
        try {
            provider.prepare(line -> LOG.info("{}", line));
        } catch (RuntimeException e) {
            LOG.warn("Sandboxes are not prepared; the first task will try again: {}", e.getMessage());
        }
        while (!Thread.currentThread().isInterrupted()) {
            try {
                leases.reclaim(this::wanted);
                leases.renewAll();
                idle.hibernate();
            } catch (RuntimeException e) {
                LOG.warn("A round of the sandbox keeper failed; the next follows: {}", e.getMessage());
            }
            try {
                Thread.sleep(ROUND);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** A sandbox whose place another one has taken is wanted no more. */
    private Set<SandboxId> wanted() {
        return workspaces.current().stream()
                .map(current -> SandboxSpec.idFor(current.task(), current.generation()))
                .collect(Collectors.toSet());
    }

    @Override
    public synchronized void stop() {
        if (rounds != null) {
            rounds.interrupt();
            rounds = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return rounds != null;
    }
}
