package dev.titan.e2e;

import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Kills the worker again and again until it is closed: each time after a random number of requests to the model, so that
 * a slow machine gets as far between two kills as a fast one, or when every task that goes on waits for the next kill.
 */
final class WorkerKiller implements AutoCloseable {

    /** Requests between two kills, for each task: a task of average length has so many, and meets a kill or two. */
    private static final int REQUESTS_PER_TASK_MAX = 20;

    private static final int LOOK_MS = 20;

    private final AirlineSystem system;
    private final int tasks;
    private final Random random;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<RuntimeException> trouble = new AtomicReference<>();
    private final Thread thread;

    private WorkerKiller(AirlineSystem system, int tasks, Random random) {
        this.system = system;
        this.tasks = tasks;
        this.random = random;
        this.thread = Thread.ofPlatform().name("worker-killer").start(this::run);
    }

    /** Starts killing while so many tasks run. */
    static WorkerKiller start(AirlineSystem system, int tasks, Random random) {
        return new WorkerKiller(system, tasks, random);
    }

    private void run() {
        try {
            while (awaitMoment(random.nextInt(1, REQUESTS_PER_TASK_MAX * tasks))) {
                system.killWorker();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            trouble.set(e);
        }
    }

    /** Returns true when it is time for the next kill, false when this is closed. */
    private boolean awaitMoment(int requests) throws InterruptedException {
        while (system.askedByWorker() < requests && !system.everyTaskWaitsForAKill()) {
            if (closed.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (trouble.get() != null) {
            throw new IllegalStateException("the worker was not killed any more", trouble.get());
        }
    }
}
