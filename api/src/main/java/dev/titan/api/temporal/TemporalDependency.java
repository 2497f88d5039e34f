package dev.titan.api.temporal;

import dev.titan.api.health.Dependency;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Temporal, with the namespace the tasks run in. */
public final class TemporalDependency implements Dependency {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(2);

    private final WorkflowClient client;

    public TemporalDependency(WorkflowClient client) {
        this.client = client;
    }

    @Override
    public String name() {
        return "temporal";
    }

    @Override
    public State state() {
        try {
            client.getWorkflowServiceStubs()
                    .blockingStub()
                    .withDeadlineAfter(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS)
                    .describeNamespace(DescribeNamespaceRequest.newBuilder()
                            .setNamespace(client.getOptions().getNamespace())
                            .build());
            return new State.Up();
        } catch (StatusRuntimeException e) {
            return new State.Down("it answered " + e.getStatus().getCode());
        }
    }
}
