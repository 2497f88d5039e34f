package dev.titan.server.starter;

import dev.titan.store.event.EventFeed;
import dev.titan.store.event.Subscription;
import dev.titan.store.task.TaskRepository;
import dev.titan.store.task.TaskRow;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Takes tasks from the outbox and has their workflows started, woken by every accepted task. Several processes may do so
 * side by side: the outbox gives a task to one of them at a time. While Temporal is away nothing is taken, so a task that
 * is cancelled meanwhile ends at once; when it is back the tasks start in the order they came.
 */
public final class TaskStarter implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(TaskStarter.class);

    /** Started side by side; a second of Temporal's time at most. */
    private static final int BATCH = 50;

    /** For what no wake-up announces: the lease of a starter that died has run out. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** How long a task waits at most after Temporal has come back. */
    private static final Duration BACK_OFF_MAX = Duration.ofSeconds(2);

    private static final Duration BACK_OFF_FIRST = Duration.ofMillis(100);

    private final TaskRepository tasks;
    private final EventFeed feed;
    private final WorkflowStarts workflows;
    private final Semaphore wakes = new Semaphore(0);
    private volatile boolean running;
    private @Nullable Thread loop;

    public TaskStarter(TaskRepository tasks, EventFeed feed, WorkflowStarts workflows) {
        this.tasks = tasks;
        this.feed = feed;
        this.workflows = workflows;
    }

    @Override
    public synchronized void start() {
        running = true;
        loop = Thread.ofVirtual().name("task-starter").start(this::loop);
    }

    /** What is being started is finished by whoever starts next. */
    @Override
    public synchronized void stop() {
        running = false;
        if (loop != null) {
            loop.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private enum Round {
        /** There was less than a batch to start. */
        DONE,
        /** A whole batch was started; there may be more. */
        MORE,
        /** Something could not be started. */
        FAILED
    }

    private void loop() {
        Duration backOff = BACK_OFF_FIRST;
        try (Subscription _ = feed.subscribeStarts(wakes::release);
                ExecutorService starts = Executors.newVirtualThreadPerTaskExecutor()) {
            while (running) {
                wakes.drainPermits();
                Round round = workflows.temporalAnswers() ? startBatch(starts) : Round.FAILED;
                switch (round) {
                    case MORE -> backOff = BACK_OFF_FIRST;
                    case DONE -> {
                        backOff = BACK_OFF_FIRST;
                        wakes.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                    }
                    case FAILED -> {
                        TimeUnit.MILLISECONDS.sleep(backOff.toMillis());
                        backOff = backOff.compareTo(BACK_OFF_MAX) < 0 ? backOff.multipliedBy(2) : BACK_OFF_MAX;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Round startBatch(ExecutorService starts) throws InterruptedException {
        List<TaskRow> batch;
        try {
            batch = tasks.unstarted(BATCH);
        } catch (DataAccessException e) {
            LOG.warn("The outbox cannot be read: {}", e.getMessage());
            return Round.FAILED;
        }
        List<Callable<Boolean>> attempts =
                batch.stream().<Callable<Boolean>>map(task -> () -> give(task)).toList();
        boolean allStarted = true;
        for (Future<Boolean> attempt : starts.invokeAll(attempts)) {
            allStarted &= succeeded(attempt);
        }
        return allStarted ? batch.size() == BATCH ? Round.MORE : Round.DONE : Round.FAILED;
    }

    private static boolean succeeded(Future<Boolean> attempt) throws InterruptedException {
        try {
            return attempt.get();
        } catch (ExecutionException e) {
            // One task must not keep the others from starting, whatever is wrong with it.
            LOG.error("A task could not be started", e.getCause());
            return false;
        }
    }

    private boolean give(TaskRow task) {
        MDC.put("task_id", task.id().value());
        MDC.put("trace_id", task.traceId());
        try {
            if (task.cancelRequested()) {
                endInsteadOfStarting(task);
            } else {
                workflows.start(task);
                LOG.info("Task given to Temporal");
                tasks.started(task.id())
                        .filter(now -> now.cancelRequested() || now.ended())
                        .ifPresent(now -> workflows.cancel(now.id()));
            }
            return true;
        } catch (WorkflowException | StatusRuntimeException e) {
            LOG.warn("Task not started, trying again: {}", e.getMessage());
            tasks.startFailed(task.id());
            return false;
        } finally {
            MDC.clear();
        }
    }

    /** An attempt before may have got through without anybody knowing; then its workflow ends the task. */
    private void endInsteadOfStarting(TaskRow task) {
        if (workflows.cancel(task.id())) {
            tasks.started(task.id());
        } else {
            tasks.endUnstarted(task.id());
        }
        LOG.info("Task cancelled before it was started");
    }
}
