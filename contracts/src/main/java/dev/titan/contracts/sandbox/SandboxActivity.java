package dev.titan.contracts.sandbox;

import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.task.TaskId;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** The life of a task's sandbox. Every method may be repeated. */
@ActivityInterface
public interface SandboxActivity {

    /**
     * Creates or adopts the task's sandbox, puts the files of the request into its workspace and runs its setup command.
     * Runs on {@link SandboxRef#CREATE_QUEUE}. Records {@code sandbox_created}.
     */
    @ActivityMethod(name = "createSandbox")
    SandboxRef createSandbox(CreateRequest request);

    /** Stores the files the task has made as artifacts and records {@code artifact_created} for each. Runs on the host. */
    @ActivityMethod(name = "collectArtifacts")
    int collectArtifacts(SandboxRequest request);

    /** Ends every process of the sandbox and removes it. Runs on the host; harmless when it is gone already. */
    @ActivityMethod(name = "destroySandbox")
    void destroySandbox(SandboxRequest request);

    /**
     * The argument of {@link #createSandbox}.
     *
     * @param task the task
     * @param traceId 32 hexadecimal digits
     * @param outbox events to record first
     */
    record CreateRequest(TaskId task, String traceId, List<PendingEvent> outbox) {
        public CreateRequest {
            outbox = List.copyOf(outbox);
        }
    }

    /**
     * The argument of the other methods.
     *
     * @param task the task
     * @param sandbox its sandbox
     * @param traceId 32 hexadecimal digits
     */
    record SandboxRequest(TaskId task, SandboxRef sandbox, String traceId) {}
}
