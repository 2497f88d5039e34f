package dev.titan.server.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.titan.api.health.Dependency.State;
import dev.titan.dev.temporal.InMemoryTemporal;
import dev.titan.testing.system.TestPorts;
import io.temporal.activity.ActivityInterface;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TemporalWorkersTest {

    private static final WorkerSpec SPEC = new WorkerSpec(
            "some-queue",
            TemporalConfiguration.options(1),
            worker -> worker.registerActivitiesImplementations(new NothingImpl()));

    private final int port = TestPorts.free();
    private final WorkflowServiceStubs stubs =
            WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                    .setTarget("127.0.0.1:" + port)
                    .build());
    private final TemporalWorkers workers =
            new TemporalWorkers(WorkflowClient.newInstance(stubs), List.of(SPEC), new LogContext());

    @AfterEach
    void stopEverything() {
        workers.stop();
        stubs.shutdownNow();
    }

    @Test
    void theyPollOnceTemporalHasComeUp() {
        workers.start();
        await().during(Duration.ofSeconds(2)).until(() -> workers.state() instanceof State.Down);

        try (InMemoryTemporal _ = InMemoryTemporal.start(port, "the test wants it so")) {
            await().atMost(Duration.ofSeconds(60)).until(() -> workers.state() instanceof State.Up);
            workers.stop();
        }
    }

    @Test
    void theyStopWhileTemporalIsStillAway() {
        workers.start();

        workers.stop();

        assertThat(workers.isRunning()).isFalse();
        assertThat(workers.state()).isInstanceOf(State.Down.class);
    }

    @ActivityInterface
    public interface Nothing {
        void nothing();
    }

    public static final class NothingImpl implements Nothing {
        @Override
        public void nothing() {}
    }
}
