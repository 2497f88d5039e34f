package dev.titan.workflows.task;

import dev.titan.contracts.json.TitanDataConverter;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.task.Lanes;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskLimits;
import dev.titan.contracts.task.TaskOutcome;
import dev.titan.contracts.task.TaskProgress;
import dev.titan.contracts.task.TaskStart;
import dev.titan.contracts.task.TaskTerms;
import dev.titan.contracts.task.TaskWorkflow;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The loop with scripted activities in Temporal's in-memory server, which skips the time nobody uses. */
final class TestLoop implements AutoCloseable {

    static final TaskId TASK = new TaskId("task-01234567-89ab-7def-8123-456789abcdef");

    final ScriptedActivities activities = new ScriptedActivities();
    final HandOver handOver = new HandOver();
    final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
            .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                    .setDataConverter(TitanDataConverter.create())
                    .build())
            .setWorkflowServiceStubsOptions(WorkflowServiceStubsOptions.newBuilder()
                    .setGrpcClientInterceptors(List.of(handOver))
                    .build())
            .registerSearchAttribute("TitanStatus", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
            .build());

    Lanes lanes = Lanes.REGULAR;

    private final Worker worker;

    TestLoop() {
        // Without a sticky queue every workflow task replays the whole history, so non-determinism shows at once.
        var replaying = WorkerOptions.newBuilder()
                .setStickyQueueScheduleToStartTimeout(Duration.ZERO)
                .build();
        worker = temporal.newWorker(TaskWorkflow.TASK_QUEUE, replaying);
        worker.registerWorkflowImplementationTypes(TaskWorkflowImpl.class);
        worker.registerActivitiesImplementations(activities.all());
        for (String queue : List.of(SandboxRef.CREATE_QUEUE, SandboxRef.CREATE_QUEUE + "@here")) {
            temporal.newWorker(queue).registerActivitiesImplementations(activities.all());
        }
        temporal.start();
    }

    TaskOutcome run(TaskLimits limits, int checks) {
        return start(limits, checks, TaskTerms.DEFAULT, null).getResult(TaskOutcome.class);
    }

    WorkflowStub start(TaskTerms terms) {
        return start(TaskLimits.DEFAULT, 0, terms, null);
    }

    WorkflowStub start(TaskLimits limits, int checks, TaskTerms terms, @Nullable TaskProgress progress) {
        WorkflowStub stub = temporal.getWorkflowClient()
                .newUntypedWorkflowStub(
                        "Task",
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(TaskWorkflow.TASK_QUEUE)
                                .setWorkflowId(TASK.value())
                                .build());
        stub.start(new TaskStart(TASK, limits, checks, "0".repeat(32), terms, lanes, progress));
        return stub;
    }

    void replay() throws Exception {
        WorkflowReplayer.replayWorkflowExecution(temporal.getWorkflowClient().fetchHistory(TASK.value()), worker);
    }

    @Override
    public void close() {
        activities.toolHangs = false;
        temporal.close();
    }
}
