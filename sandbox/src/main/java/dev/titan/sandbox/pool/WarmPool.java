package dev.titan.sandbox.pool;

import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.sandbox.Demand;
import dev.titan.sandbox.PoolShape;
import dev.titan.sandbox.PoolSize;
import dev.titan.sandbox.WarmSandboxes;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps sandboxes of one shape waiting: one is made at a time, and only while nobody is waiting for a sandbox of his own,
 * so that making ahead never slows a task that is here. For one thread.
 */
public final class WarmPool {

    private static final Logger LOG = LoggerFactory.getLogger(WarmPool.class);

    /** A process that starts has its tasks to take up first; whoever runs a single goal is done with this second. */
    private static final Duration AFTER_START = Duration.ofSeconds(4);

    /** After somebody got a sandbox: its first commands go before the making of the next. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    /** When it is never quiet, making ahead costs no more than making late. */
    private static final Duration WAITING_MAX = Duration.ofSeconds(10);

    /** Between two looks at those that wait: several within their lease. */
    private static final Duration ROUND = Duration.ofSeconds(5);

    /** After a failure, which is most often a full or busy host. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

    private final WarmSandboxes sandboxes;
    private final PoolShape shape;
    private final PoolSize size;
    private final LongSupplier nanoClock;
    private @Nullable Long missingSinceNanos;

    /**
     * @param sandboxes a provider's
     * @param shape what is made ahead
     * @param size how many
     */
    public WarmPool(WarmSandboxes sandboxes, PoolShape shape, PoolSize size) {
        this(sandboxes, shape, size, System::nanoTime);
    }

    WarmPool(WarmSandboxes sandboxes, PoolShape shape, PoolSize size, LongSupplier nanoClock) {
        this.sandboxes = sandboxes;
        this.shape = shape;
        this.size = size;
        this.nanoClock = nanoClock;
    }

    /**
     * Works until the thread is interrupted, then ends those that wait: whoever stops Titan wants nothing of it to run on.
     * After a crash they wait for the next process instead.
     */
    public void run() {
        try {
            pause(AFTER_START);
            while (!Thread.currentThread().isInterrupted()) {
                pause(round());
            }
        } catch (InterruptedException stopped) {
            // As an interrupt between two pauses does.
        }
        boolean _ = Thread.interrupted(); // or the file system would refuse what follows
        drain();
    }

    /** Looks after those that wait, makes or ends one where one is missing or too many, and returns when to look again. */
    Duration round() {
        Demand demand = sandboxes.demand();
        try {
            int ready = sandboxes.tend(shape);
            int target = size.target(demand);
            if (ready > target) {
                sandboxes.drop(shape);
            }
            if (ready >= target) {
                missingSinceNanos = null;
                return ROUND;
            }
            if (demand.isQuiet(QUIET) || hasMissedOneFor(WAITING_MAX)) {
                missingSinceNanos = null;
                sandboxes.add(shape);
                return Duration.ZERO;
            }
            return QUIET;
        } catch (SandboxException | UncheckedIOException e) {
            if (Thread.currentThread().isInterrupted()) {
                return Duration.ZERO;
            }
            LOG.warn("The pool cannot make a sandbox ahead; it tries again in {}: {}", AFTER_FAILURE, e.getMessage());
            return AFTER_FAILURE;
        }
    }

    private void drain() {
        try {
            sandboxes.drain(shape);
        } catch (SandboxException | UncheckedIOException e) {
            LOG.warn("What waits in the pool ends by its lease: {}", e.getMessage());
        }
    }

    private boolean hasMissedOneFor(Duration time) {
        long now = nanoClock.getAsLong();
        if (missingSinceNanos == null) {
            missingSinceNanos = now;
        }
        return now - missingSinceNanos >= time.toNanos();
    }

    /** A claim ends a long pause, so that the next sandbox is made soon. */
    private void pause(Duration time) throws InterruptedException {
        sandboxes.demand().await(time);
    }
}
