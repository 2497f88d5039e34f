package dev.titan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import dev.titan.testing.system.TestHome;
import io.temporal.api.common.v1.FastForwardConfig;
import io.temporal.api.common.v1.TimeSkippingConfig;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.FastForwardPollingResult;
import io.temporal.api.workflow.v1.WorkflowExecutionOptions;
import io.temporal.api.workflowservice.v1.PollWorkflowExecutionTimeSkippingRequest;
import io.temporal.api.workflowservice.v1.UpdateWorkflowExecutionOptionsRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Time that goes by for a workflow and for nobody else: Temporal's server skips it while nothing of the workflow runs. */
final class SkippedTime {

    /** Without this value of its dynamic config the server refuses to skip time. */
    static final String SETTING = "frontend.WorkflowTimeSkippingEnabled";

    private static final String NAMESPACE = "default";

    private SkippedTime() {}

    /** Lets so much time go by for a task, and returns once it has; the task has to be waiting for longer. */
    static void of(TestHome home, String task, java.time.Duration time) {
        asked(
                home,
                task,
                time,
                (service, skip) -> assertThat(service.blockingStub()
                                .pollWorkflowExecutionTimeSkipping(skip)
                                .getFastForwardPollingResult())
                        .as("%s of %s", time, task)
                        .isEqualTo(FastForwardPollingResult.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_COMPLETED));
    }

    /** Lets up to so much time go by for a task, as far as it waits for time; what comes then may be its end. */
    static void upTo(TestHome home, String task, java.time.Duration time) {
        asked(home, task, time, (_, _) -> {});
    }

    private static void asked(
            TestHome home,
            String task,
            java.time.Duration time,
            BiConsumer<WorkflowServiceStubs, PollWorkflowExecutionTimeSkippingRequest> then) {
        WorkflowServiceStubs service = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget("127.0.0.1:" + home.port("temporal"))
                .build());
        try {
            WorkflowExecution workflow =
                    WorkflowExecution.newBuilder().setWorkflowId(task).build();
            String id = UUID.randomUUID().toString();
            service.blockingStub().updateWorkflowExecutionOptions(wish(workflow, id, time));
            then.accept(service, question(workflow, id));
        } finally {
            service.shutdownNow();
        }
    }

    private static UpdateWorkflowExecutionOptionsRequest wish(
            WorkflowExecution workflow, String id, java.time.Duration time) {
        var forward = FastForwardConfig.newBuilder()
                .setId(id)
                .setDuration(Duration.newBuilder().setSeconds(time.toSeconds()));
        return UpdateWorkflowExecutionOptionsRequest.newBuilder()
                .setNamespace(NAMESPACE)
                .setWorkflowExecution(workflow)
                .setWorkflowExecutionOptions(WorkflowExecutionOptions.newBuilder()
                        .setTimeSkippingConfig(
                                TimeSkippingConfig.newBuilder().setEnabled(true).setFastForwardConfig(forward)))
                .setUpdateMask(FieldMask.newBuilder().addPaths("time_skipping_config"))
                .build();
    }

    private static PollWorkflowExecutionTimeSkippingRequest question(WorkflowExecution workflow, String id) {
        return PollWorkflowExecutionTimeSkippingRequest.newBuilder()
                .setNamespace(NAMESPACE)
                .setWorkflowExecution(workflow)
                .setFastForwardId(id)
                .build();
    }
}
