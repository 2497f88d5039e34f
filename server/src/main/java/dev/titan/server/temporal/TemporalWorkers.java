package dev.titan.server.temporal;

import dev.titan.api.health.Dependency;
import dev.titan.api.temporal.TemporalDependency;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the workers of this process. The process may start before Temporal: the workers wait for it in the background.
 * On shutdown polling stops first, then running activities get {@link #DRAIN} to end; what has not ended by then is
 * given to another worker by its missing heartbeat.
 */
public final class TemporalWorkers implements SmartLifecycle, Dependency {

    private static final Logger LOG = LoggerFactory.getLogger(TemporalWorkers.class);

    /** Between attempts to reach Temporal: short enough that a person does not notice. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** Long enough for bookkeeping; commands in sandboxes go on without their worker and are re-attached. */
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final WorkflowClient client;
    private final TemporalDependency temporal;
    private final List<WorkerSpec> specs;
    private final LogContext logContext;
    private volatile boolean running;
    private volatile @Nullable WorkerFactory factory;
    private @Nullable Thread starter;

    public TemporalWorkers(WorkflowClient client, List<WorkerSpec> specs, LogContext logContext) {
        this.client = client;
        this.temporal = new TemporalDependency(client);
        this.specs = List.copyOf(specs);
        this.logContext = logContext;
    }

    @Override
    public String name() {
        return "workers";
    }

    /** Up when every worker polls. */
    @Override
    public State state() {
        return factory == null ? new State.Down("they start when Temporal answers") : new State.Up();
    }

    @Override
    public synchronized void start() {
        running = true;
        starter = Thread.ofPlatform().daemon().name("temporal-workers-start").start(this::startWhenTemporalAnswers);
    }

    private void startWhenTemporalAnswers() {
        boolean told = false;
        while (running) {
            switch (temporal.state()) {
                case State.Up() -> {
                    if (startWorkers()) {
                        return;
                    }
                }
                case State.Down(String detail) -> {
                    if (!told) {
                        LOG.warn("Temporal does not answer yet; workers start when it does: {}", detail);
                        told = true;
                    }
                }
            }
            try {
                Thread.sleep(RETRY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private boolean startWorkers() {
        WorkerFactory attempt = newFactory();
        try {
            attempt.start();
            factory = attempt;
            LOG.info(
                    "Workers poll {}", specs.stream().map(WorkerSpec::taskQueue).toList());
            return true;
        } catch (RuntimeException e) {
            LOG.warn("The workers did not start, trying again: {}", e.getMessage());
            discard(attempt);
            return false;
        }
    }

    /** Shutting down tells the server, so it fails too when Temporal went away in the middle of the start. */
    private static void discard(WorkerFactory attempt) {
        try {
            attempt.shutdownNow();
        } catch (RuntimeException e) {
            LOG.debug("A factory that did not start was not shut down in good order", e);
        }
    }

    private WorkerFactory newFactory() {
        WorkerFactory created = WorkerFactory.newInstance(
                client,
                WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(logContext)
                        .build());
        for (WorkerSpec spec : specs) {
            spec.registrations().accept(created.newWorker(spec.taskQueue(), spec.options()));
        }
        return created;
    }

    @Override
    public synchronized void stop() {
        running = false;
        if (starter != null) {
            starter.interrupt();
        }
        WorkerFactory started = factory;
        if (started != null) {
            started.shutdown();
            started.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS);
            started.shutdownNow();
            factory = null;
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops before the web server and the data source. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
