package dev.titan.workflows.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.sandbox.SandboxHostsActivity;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.sandbox.SandboxSweepActivity;
import dev.titan.contracts.sandbox.SandboxSweepWorkflow;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class SandboxSweepWorkflowTest {

    private static final String QUEUE = "titan";

    @Test
    void sweepsEveryHostAndGetsOverOneThatIsAway() {
        ConcurrentLinkedQueue<String> swept = new ConcurrentLinkedQueue<>();
        try (TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance()) {
            Worker worker = temporal.newWorker(QUEUE);
            worker.registerWorkflowImplementationTypes(SandboxSweepWorkflowImpl.class);
            worker.registerActivitiesImplementations(
                    (SandboxHostsActivity) () -> List.of("host-a", "host-away", "host-broken", "host-b"));
            for (String host : List.of("host-a", "host-b")) {
                temporal.newWorker(SandboxRef.queueOf(host))
                        .registerActivitiesImplementations((SandboxSweepActivity) () -> swept.add(host));
            }
            temporal.newWorker(SandboxRef.queueOf("host-broken"))
                    .registerActivitiesImplementations((SandboxSweepActivity) () -> {
                        throw new IllegalStateException("the engine is down");
                    });
            temporal.start();

            temporal.getWorkflowClient()
                    .newWorkflowStub(
                            SandboxSweepWorkflow.class,
                            WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build())
                    .sweep();
        }

        assertThat(swept).containsExactlyInAnyOrder("host-a", "host-b");
    }
}
