package dev.titan.server.temporal;

import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.util.function.Consumer;

/**
 * A worker this process should run.
 *
 * @param taskQueue the queue it polls
 * @param options its slots
 * @param registrations what it can execute
 */
public record WorkerSpec(String taskQueue, WorkerOptions options, Consumer<Worker> registrations) {}
