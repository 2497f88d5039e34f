package dev.titan.workflows.task;

import dev.titan.contracts.chat.ReasoningActivity;
import dev.titan.contracts.event.RecordActivity;
import dev.titan.contracts.sandbox.SandboxActivity;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.steering.SteeringActivity;
import dev.titan.contracts.tool.ToolCallRequest;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.ActivityStub;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Time limits and retries per kind of activity. Every activity beats in the background from entry to exit, so a dead
 * worker is noticed after {@link #HEARTBEAT}, whatever the activity's own limit.
 */
final class ActivityPolicy {

    /** A beat every 500 ms; six in a row must be missing before the work is given to another worker. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(3);

    /** Worker deaths count as attempts, so a call that outlives many of them needs room. */
    private static final int TOOL_ATTEMPTS_MAX = 50;

    /** Calls hand over after half a second; this is below the limit of a workflow task, so that none has to be renewed for them. */
    private static final Duration FAST = Duration.ofSeconds(4);

    private ActivityPolicy() {}

    static ReasoningActivity reasoning() {
        return Workflow.newActivityStub(
                ReasoningActivity.class,
                options()
                        .setStartToCloseTimeout(Duration.ofMinutes(10))
                        .setScheduleToCloseTimeout(Duration.ofMinutes(40))
                        .setRetryOptions(retry(6, Duration.ofSeconds(30)))
                        .setCancellationType(ActivityCancellationType.TRY_CANCEL)
                        .build());
    }

    static String summary(String tool, ToolCallRequest request) {
        return "%s · %s".formatted(tool, request.effect().step());
    }

    /** Once: what fails here is tried again as a regular activity. */
    static ActivityStub fastLane(String summary) {
        return Workflow.newUntypedLocalActivityStub(LocalActivityOptions.newBuilder()
                .setScheduleToCloseTimeout(FAST)
                .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
                .setDoNotIncludeArgumentsIntoMarker(true)
                .setSummary(summary)
                .build());
    }

    static ActivityStub tool(String summary, @Nullable SandboxRef where) {
        ActivityOptions.Builder options = options()
                .setStartToCloseTimeout(Duration.ofHours(2))
                .setRetryOptions(retry(TOOL_ATTEMPTS_MAX, Duration.ofSeconds(5)))
                .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                .setSummary(summary);
        if (where != null) {
            options.setTaskQueue(where.taskQueue()).setScheduleToStartTimeout(where.hostAwayMax());
        }
        return Workflow.newUntypedActivityStub(options.build());
    }

    /** The first sandbox on a machine may wait for its image to be built. */
    static SandboxActivity sandboxCreation() {
        return Workflow.newActivityStub(
                SandboxActivity.class,
                options()
                        .setTaskQueue(SandboxRef.CREATE_QUEUE)
                        .setStartToCloseTimeout(Duration.ofMinutes(10))
                        .setScheduleToCloseTimeout(Duration.ofMinutes(20))
                        .setRetryOptions(retry(5, Duration.ofSeconds(10)))
                        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                        .build());
    }

    static SandboxActivity sandbox(SandboxRef where) {
        return Workflow.newActivityStub(
                SandboxActivity.class,
                options()
                        .setTaskQueue(where.taskQueue())
                        .setScheduleToStartTimeout(where.hostAwayMax())
                        .setStartToCloseTimeout(Duration.ofMinutes(2))
                        .setRetryOptions(retry(10, Duration.ofSeconds(5)))
                        .build());
    }

    /** Recording is never given up: a task must not end unrecorded because the database was away. */
    static RecordActivity record() {
        return Workflow.newActivityStub(
                RecordActivity.class,
                options()
                        .setStartToCloseTimeout(Duration.ofSeconds(15))
                        .setRetryOptions(retry(0, Duration.ofSeconds(10)))
                        .build());
    }

    /** What a user has asked, and what a user is asked, is never given up either. */
    static SteeringActivity steering() {
        return Workflow.newActivityStub(
                SteeringActivity.class,
                options()
                        .setStartToCloseTimeout(Duration.ofSeconds(15))
                        .setRetryOptions(retry(0, Duration.ofSeconds(10)))
                        .build());
    }

    private static ActivityOptions.Builder options() {
        return ActivityOptions.newBuilder().setHeartbeatTimeout(HEARTBEAT);
    }

    private static RetryOptions retry(int attempts, Duration intervalMax) {
        return RetryOptions.newBuilder()
                .setInitialInterval(Duration.ofMillis(500))
                .setBackoffCoefficient(2)
                .setMaximumInterval(intervalMax)
                .setMaximumAttempts(attempts)
                .build();
    }
}
