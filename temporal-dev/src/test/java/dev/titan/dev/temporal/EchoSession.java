package dev.titan.dev.temporal;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.Priority;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** A client and a worker for {@link Echo} workflows on one server. */
final class EchoSession implements AutoCloseable {

    private static final String QUEUE = "echo";

    private final EagerActivityCounter eager = new EagerActivityCounter();
    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final List<Long> activityTimes = new CopyOnWriteArrayList<>();
    private final List<WorkflowExecution> started = new ArrayList<>();
    private final WorkflowServiceStubs service;
    private final WorkflowClient client;
    private final WorkerFactory workers;

    EchoSession(String target, WorkerOptions options) {
        service = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(target)
                .setGrpcClientInterceptors(List.of(eager))
                .build());
        client = WorkflowClient.newInstance(service);
        workers = WorkerFactory.newInstance(client);
        Worker worker = workers.newWorker(QUEUE, options);
        worker.registerWorkflowImplementationFactory(Echo.class, () -> new Echo.EchoImpl(begun));
        worker.registerActivitiesImplementations((Echo.Nothing) () -> activityTimes.add(System.nanoTime()));
    }

    void startWorker() {
        workers.start();
    }

    /** Runs a workflow of that many activities to its end. */
    void run(int activities) {
        activityTimes.clear();
        workflow("nobody").run(activities);
    }

    /** Starts a workflow without activities for that organisation. */
    void begin(String organisation) {
        started.add(WorkflowClient.start(workflow(organisation)::run, 0));
    }

    /** Waits for every workflow begun and returns whose they were, in the order in which they got their turn. */
    List<String> organisationsInOrder() {
        started.forEach(
                execution -> WorkflowStub.fromTyped(client.newWorkflowStub(Echo.class, execution.getWorkflowId()))
                        .getResult(Void.class));
        return begun;
    }

    /** Returns the nanoseconds between the activities of the last run. */
    List<Long> gapsBetweenActivities() {
        return IntStream.range(1, activityTimes.size())
                .mapToObj(i -> activityTimes.get(i) - activityTimes.get(i - 1))
                .toList();
    }

    int eagerActivities() {
        return eager.count();
    }

    @Override
    public void close() {
        workers.shutdownNow();
        service.shutdownNow();
    }

    private Echo workflow(String organisation) {
        return client.newWorkflowStub(
                Echo.class,
                WorkflowOptions.newBuilder()
                        .setTaskQueue(QUEUE)
                        .setWorkflowId(organisation + "-" + UUID.randomUUID())
                        .setPriority(Priority.newBuilder()
                                .setFairnessKey(organisation)
                                .build())
                        .build());
    }
}
