package dev.titan.server.role;

import dev.titan.activities.sandbox.IdleSandboxes;
import dev.titan.activities.sandbox.SandboxRounds;
import dev.titan.sandbox.SandboxProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Looks after this host's sandboxes: makes their image ahead of the first task, ends those that are past their age or whose
 * tasks are over, renews the leases of the others, and stops those that nobody uses. When this process dies their leases
 * run out and they end by themselves.
 */
final class SandboxKeeper implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SandboxKeeper.class);

    private final SandboxProvider provider;
    private final SandboxRounds rounds;
    private final IdleSandboxes idle;
    private @Nullable Thread thread;

    SandboxKeeper(SandboxProvider provider, SandboxRounds rounds, IdleSandboxes idle) {
        this.provider = provider;
        this.rounds = rounds;
        this.idle = idle;
    }

    @Override
    public synchronized void start() {
        thread = Thread.ofPlatform().daemon().name("sandbox-keeper").start(this::keep);
    }

    private void keep() {
        try {
            provider.prepare(line -> LOG.info("{}", line));
        } catch (RuntimeException e) {
            LOG.warn("Sandboxes are not prepared; the first task will try again: {}", e.getMessage());
        }
        while (!Thread.currentThread().isInterrupted()) {
            try {
                rounds.round();
                idle.hibernate();
            } catch (RuntimeException e) {
                LOG.warn("A round of the sandbox keeper failed; the next follows: {}", e.getMessage());
            }
            try {
                Thread.sleep(SandboxRounds.ROUND);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}
