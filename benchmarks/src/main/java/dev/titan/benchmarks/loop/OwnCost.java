package dev.titan.benchmarks.loop;

import dev.titan.benchmarks.report.Findings;
import dev.titan.benchmarks.report.Line;
import dev.titan.benchmarks.report.Ratio;
import dev.titan.benchmarks.report.Samples;
import dev.titan.contracts.json.TitanDataConverter;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.task.Lanes;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskLimits;
import dev.titan.contracts.task.TaskOutcome;
import dev.titan.contracts.task.TaskStart;
import dev.titan.contracts.task.TaskTerms;
import dev.titan.contracts.task.TaskWorkflow;
import dev.titan.workflows.task.TaskWorkflowImpl;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.GrpcCompression;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** What the loop adds to its activities: the same two, which do nothing, in Titan's loop and in a bare one. */
final class OwnCost {

    /** How much dearer than the bare loop Titan's may be. */
    private static final double TIMES_MOST = 1.3;

    private static final String BARE = "model + tool, bare Temporal";
    private static final String TITAN = "model + tool, Titan's loop";
    private static final int STOP_SECONDS_MAX = 10;

    private final LoopBenchOptions options;
    private final Findings findings;
    private final Beats beats = new Beats();

    OwnCost(LoopBenchOptions options, Findings findings) {
        this.options = options;
        this.findings = findings;
    }

    /** Measures both in both settings, on a server at this address. */
    List<Ratio> measure(String temporal) {
        WorkflowServiceStubs service = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(temporal)
                .setGrpcCompression(GrpcCompression.NONE)
                .build());
        WorkflowClient client = WorkflowClient.newInstance(
                service,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(TitanDataConverter.create())
                        .build());
        WorkerFactory workers = WorkerFactory.newInstance(client);
        try {
            work(workers);
            List<Ratio> ratios = new ArrayList<>();
            for (Lanes lanes : Lanes.values()) {
                ratios.add(compare(client, lanes));
            }
            return ratios;
        } finally {
            workers.shutdownNow();
            workers.awaitTermination(STOP_SECONDS_MAX, TimeUnit.SECONDS);
            service.shutdownNow();
        }
    }

    private void work(WorkerFactory workers) {
        NoOpActivities activities = new NoOpActivities(options.steps(), beats);
        NoOpActivities.Tool tool = new NoOpActivities.Tool();
        WorkerOptions worker = WorkerOptions.newBuilder()
                .setUsingVirtualThreadsOnActivityWorker(true)
                .build();
        Worker loops = workers.newWorker(TaskWorkflow.TASK_QUEUE, worker);
        loops.registerWorkflowImplementationTypes(TaskWorkflowImpl.class, BareLoop.class);
        loops.registerActivitiesImplementations(activities, tool);
        for (String queue : List.of(SandboxRef.CREATE_QUEUE, NoOpActivities.SANDBOX.taskQueue())) {
            workers.newWorker(queue, worker).registerActivitiesImplementations(activities, tool);
        }
        workers.start();
    }

    /** In turns, so that what else the machine does meets both; the first of each is not counted. */
    private Ratio compare(WorkflowClient client, Lanes lanes) {
        List<Double> bare = new ArrayList<>();
        List<Double> titan = new ArrayList<>();
        for (int round = 0; round <= options.rounds(); round++) {
            run(client, "Bare", lanes);
            List<Double> bareSteps = beats.take();
            run(client, "Task", lanes);
            List<Double> titanSteps = beats.take();
            if (round > 0) {
                bare.addAll(bareSteps);
                titan.addAll(titanSteps);
            }
        }
        String place = lanes.wire();
        findings.time(BARE, place, Samples.of(bare), null);
        findings.time(TITAN, place, Samples.of(titan), null);
        return new Ratio(line(TITAN, place), line(BARE, place), TIMES_MOST);
    }

    private Line line(String name, String place) {
        return findings.find(name, place).orElseThrow();
    }

    private void run(WorkflowClient client, String workflow, Lanes lanes) {
        TaskId task = new TaskId("task-" + UUID.randomUUID());
        WorkflowStub stub = client.newUntypedWorkflowStub(
                workflow,
                WorkflowOptions.newBuilder()
                        .setTaskQueue(TaskWorkflow.TASK_QUEUE)
                        .setWorkflowId(task.value())
                        .build());
        // The turn after the last call is the answer.
        TaskLimits limits = new TaskLimits(options.steps() + 1, 0);
        stub.start(new TaskStart(task, limits, 0, "0".repeat(32), TaskTerms.DEFAULT, lanes, null));
        if (workflow.equals("Task") && !(stub.getResult(TaskOutcome.class) instanceof TaskOutcome.Succeeded)) {
            throw new IllegalStateException("the loop did not succeed: " + stub.getResult(TaskOutcome.class));
        }
        stub.getResult(Void.class);
    }
}
