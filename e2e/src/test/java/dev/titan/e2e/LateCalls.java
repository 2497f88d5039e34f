package dev.titan.e2e;

import dev.titan.contracts.json.TitanDataConverter;
import dev.titan.contracts.sandbox.SandboxActivity;
import dev.titan.contracts.sandbox.SandboxActivity.SandboxRequest;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.task.TaskId;
import dev.titan.sandbox.HostId;
import dev.titan.sandbox.SandboxSpec;
import dev.titan.sandbox.TitanHome;
import dev.titan.testing.system.TestHome;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;

/** Calls into sandboxes as somebody makes them who has not heard what became of the sandbox. */
final class LateCalls implements AutoCloseable {

    private static final String QUEUE = "late-calls";

    private final WorkflowClient client;
    private final WorkerFactory workers;

    private LateCalls(WorkflowClient client) {
        this.client = client;
        this.workers = WorkerFactory.newInstance(client);
        workers.newWorker(QUEUE).registerWorkflowImplementationTypes(LateCallImpl.class);
        workers.start();
    }

    static LateCalls connect(String temporal) {
        WorkflowServiceStubs service = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(temporal).build());
        return new LateCalls(WorkflowClient.newInstance(
                service,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(TitanDataConverter.create())
                        .build()));
    }

    /** Calls into a task's first sandbox, which was on that host. Returns {@code taken}, or why it was refused. */
    String call(RunningTask task, TestHome host, SandboxKind sandbox) {
        TaskId id = new TaskId(task.id());
        SandboxRef ref = new SandboxRef(
                SandboxSpec.idFor(id), HostId.of(new TitanHome(host.path())).value(), sandbox.setting(), 1);
        return client.newWorkflowStub(
                        LateCall.class,
                        WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build())
                .call(new SandboxRequest(id, ref, "0".repeat(32)));
    }

    @Override
    public void close() {
        workers.shutdownNow();
        client.getWorkflowServiceStubs().shutdownNow();
    }

    /** One call, made once. */
    @WorkflowInterface
    public interface LateCall {

        @WorkflowMethod
        String call(SandboxRequest request);
    }

    /** Has to be public for Temporal. */
    public static final class LateCallImpl implements LateCall {

        @Override
        public String call(SandboxRequest request) {
            SandboxActivity sandbox = Workflow.newActivityStub(
                    SandboxActivity.class,
                    ActivityOptions.newBuilder()
                            .setTaskQueue(request.sandbox().taskQueue())
                            .setStartToCloseTimeout(Duration.ofMinutes(1))
                            .setRetryOptions(RetryOptions.newBuilder()
                                    .setMaximumAttempts(1)
                                    .build())
                            .build());
            try {
                sandbox.collectArtifacts(request);
                return "taken";
            } catch (ActivityFailure refused) {
                return String.valueOf(refused.getCause());
            }
        }
    }
}
