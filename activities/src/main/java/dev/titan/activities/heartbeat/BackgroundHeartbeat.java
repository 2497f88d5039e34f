package dev.titan.activities.heartbeat;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityCompletionException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Beats for one attempt of an activity, from entry to exit, whatever the work is doing; work shorter than the interval
 * ends before the first beat. The answer to a beat may say that the attempt is to end: the user has cancelled, the worker
 * shuts down, or the attempt is no longer the current one. The work then hears of it once, by its {@link StopListener},
 * and whenever it calls {@link #check()}.
 */
public final class BackgroundHeartbeat implements AutoCloseable {

    /** With the SDK's throttle at the same value a cancel arrives within 150–300 ms. */
    public static final Duration INTERVAL = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundHeartbeat.class);

    private final ActivityExecutionContext context;
    private final StopListener listener;
    private final AtomicReference<@Nullable ActivityCompletionException> stop = new AtomicReference<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private BackgroundHeartbeat(ActivityExecutionContext context, StopListener listener) {
        this.context = context;
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("heartbeat").unstarted(this::beat);
    }

    /** Hears that the attempt is to end. */
    @FunctionalInterface
    public interface StopListener {

        /**
         * Is called once, on the heartbeat's thread; must not block.
         *
         * @param stop {@link ActivityCanceledException} when the user has cancelled: end the work; anything else, such as
         *     a worker that shuts down: leave outside work as it is, another attempt goes on with it
         */
        void onStop(ActivityCompletionException stop);
    }

    /** Starts beating. */
    public static BackgroundHeartbeat start(ActivityExecutionContext context, StopListener listener) {
        BackgroundHeartbeat heartbeat = new BackgroundHeartbeat(context, listener);
        heartbeat.thread.start();
        return heartbeat;
    }

    /**
     * Does work that can be interrupted, such as a model call: when the attempt is to end the working thread is
     * interrupted, and what is thrown then is the reason for the end, whatever the work threw.
     */
    public static <T> T during(ActivityExecutionContext context, Callable<T> work) throws Exception {
        try (InterruptibleWork interruptible = new InterruptibleWork();
                BackgroundHeartbeat heartbeat = start(context, stop -> interruptible.interrupt())) {
            try {
                return work.call();
            } catch (Exception e) {
                heartbeat.check();
                throw e;
            }
        }
    }

    /**
     * Returns when the work should go on.
     *
     * @throws ActivityCanceledException when the user has cancelled
     * @throws ActivityCompletionException when the attempt is to end for any other reason
     */
    public void check() {
        ActivityCompletionException reason = stop.get();
        if (reason != null) {
            throw reason;
        }
    }

    /** Stops beating; a beat on its way is broken off, so that none comes after the activity's result. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat() {
        try {
            boolean goOn = true;
            while (goOn && !closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                goOn = beatOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the work is done
        }
    }

    /** Returns whether to go on beating. */
    private boolean beatOnce() {
        try {
            context.heartbeat(null);
            return true;
        } catch (ActivityCompletionException e) {
            stop.set(e);
            listener.onStop(e);
            return false;
        } catch (RuntimeException e) {
            // The server did not answer this time; the next beat may get through.
            LOG.debug("A heartbeat failed.", e);
            return true;
        }
    }
}
