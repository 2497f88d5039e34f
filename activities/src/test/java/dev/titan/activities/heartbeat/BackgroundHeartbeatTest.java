package dev.titan.activities.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityWorkerShutdownException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.RetryOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against Temporal's in-memory server with real time. */
class BackgroundHeartbeatTest {

    private static final String QUEUE = "heartbeat";

    @WorkflowInterface
    public interface Waiting {
        @WorkflowMethod
        void run();
    }

    @ActivityInterface
    public interface Sleep {
        void sleep();
    }

    public static final class WaitingImpl implements Waiting {
        @Override
        public void run() {
            Workflow.newActivityStub(
                            Sleep.class,
                            ActivityOptions.newBuilder()
                                    .setStartToCloseTimeout(Duration.ofMinutes(1))
                                    .setHeartbeatTimeout(Duration.ofSeconds(3))
                                    .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                                    .setRetryOptions(RetryOptions.newBuilder()
                                            .setMaximumAttempts(1)
                                            .build())
                                    .build())
                    .sleep();
        }
    }

    /** Waits for something that never comes, as a model call to a hanging provider does. */
    private static final class SleepImpl implements Sleep {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CompletableFuture<Throwable> left = new CompletableFuture<>();

        @Override
        public void sleep() {
            Throwable thrown = catchThrowable(() -> BackgroundHeartbeat.during(Activity.getExecutionContext(), () -> {
                entered.countDown();
                return new CountDownLatch(1).await(50, TimeUnit.SECONDS);
            }));
            left.complete(thrown);
            if (thrown instanceof ActivityCompletionException stop) {
                throw stop;
            }
        }
    }

    private final SleepImpl activity = new SleepImpl();
    private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder().setUseTimeskipping(false).build());
    private final Waiting waiting = temporal.getWorkflowClient()
            .newWorkflowStub(
                    Waiting.class,
                    WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build());

    @BeforeEach
    void start() throws InterruptedException {
        Worker worker = temporal.newWorker(
                QUEUE,
                WorkerOptions.newBuilder()
                        .setMaxHeartbeatThrottleInterval(BackgroundHeartbeat.INTERVAL)
                        .build());
        worker.registerWorkflowImplementationTypes(WaitingImpl.class);
        worker.registerActivitiesImplementations(activity);
        temporal.start();
        WorkflowClient.start(waiting::run);
        assertThat(activity.entered.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @AfterEach
    void stop() {
        temporal.close();
    }

    @Test
    void interruptsTheWorkWhenTheUserCancels() {
        WorkflowStub.fromTyped(waiting).cancel();

        assertThat(activity.left).succeedsWithin(Duration.ofSeconds(20)).isInstanceOf(ActivityCanceledException.class);
    }

    @Test
    void tellsAWorkerThatShutsDownFromACancel() {
        temporal.getWorkerFactory().shutdown();

        assertThat(activity.left)
                .succeedsWithin(Duration.ofSeconds(20))
                .isInstanceOf(ActivityWorkerShutdownException.class);
    }

    @Test
    void leavesNoInterruptFlagBehind() {
        InterruptibleWork work = new InterruptibleWork();
        work.interrupt();
        work.close();
        work.interrupt();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
