package dev.titan.server.role;

import dev.titan.store.artifact.BlobCollector;
import dev.titan.store.artifact.BlobCollector.Collected;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Has blobs removed that nobody refers to any more, some at a time. Every worker process does; they share the work. */
final class BlobKeeper implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(BlobKeeper.class);

    /** Blobs of one statement: its locks last for a fraction of a second. */
    private static final int BATCH = 500;

    /** Statements of one round, so that a large backlog is worked off over several, beside the tasks. */
    private static final int BATCHES_MAX = 100;

    /** Nothing waits for it. */
    private static final Duration ROUND = Duration.ofMinutes(10);

    private final BlobCollector blobs;
    private @Nullable Thread thread;

    BlobKeeper(BlobCollector blobs) {
        this.blobs = blobs;
    }

    @Override
    public synchronized void start() {
        thread = Thread.ofVirtual().name("blob-keeper").start(this::keep);
    }

    private void keep() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(ROUND);
                round();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("Blobs nobody needs stay until the next round: {}", e.getMessage());
            }
        }
    }

    private void round() {
        int removed = 0;
        long bytes = 0;
        for (int batch = 0; batch < BATCHES_MAX; batch++) {
            Collected collected = blobs.collect(BATCH);
            removed += collected.removed();
            bytes += collected.bytesRemoved();
            if (collected.seen() < BATCH) {
                break;
            }
        }
        if (removed > 0) {
            LOG.info("Removed {} blobs of {} bytes that nobody refers to", removed, bytes);
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
