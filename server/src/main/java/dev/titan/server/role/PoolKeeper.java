package dev.titan.server.role;

import dev.titan.sandbox.pool.WarmPool;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Keeps sandboxes waiting while this process runs. After a crash those that wait are the next one's, or end by themselves. */
final class PoolKeeper implements SmartLifecycle {

    /** A few removals of a tenth of a second; what is not ended by then ends by its lease. */
    private static final Duration END_MAX = Duration.ofSeconds(5);

    /** Empty for a provider that makes none ahead. */
    private final Optional<WarmPool> pool;

    private @Nullable Thread thread;

    PoolKeeper(Optional<WarmPool> pool) {
        this.pool = pool;
    }

    @Override
    public synchronized void start() {
        thread = Thread.ofPlatform().daemon().name("sandbox-pool").start(() -> pool.ifPresent(WarmPool::run));
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join(END_MAX);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}
