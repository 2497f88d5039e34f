package dev.titan.contracts.sandbox;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.task.TaskId;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import java.util.Locale;

/** The life of a task's sandbox. Every method may be repeated. */
@ActivityInterface
public interface SandboxActivity {

    /**
     * Creates or adopts the task's sandbox, puts the files of the request into its workspace and runs its setup command.
     * Runs on {@link SandboxRef#CREATE_QUEUE}. Records {@code sandbox_created}.
     */
    @ActivityMethod(name = "createSandbox")
    SandboxRef createSandbox(CreateRequest request);

    /**
     * Replaces a sandbox that is lost or hibernated: from here on nothing the old one does counts any more, a new one is
     * made on the host that answers, and the newest checkpoint is put into it. Runs on {@link SandboxRef#CREATE_QUEUE}.
     * Records {@code sandbox_lost} and {@code sandbox_restored}.
     */
    @ActivityMethod(name = "restoreSandbox")
    SandboxRef restoreSandbox(RestoreRequest request);

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

    /**
     * The argument of {@link #restoreSandbox}.
     *
     * @param task the task
     * @param before the sandbox that cannot be used any more
     * @param cause why
     * @param reason what is known, for people and the model
     * @param traceId 32 hexadecimal digits
     * @param outbox events to record first
     */
    record RestoreRequest(
            TaskId task, SandboxRef before, Cause cause, String reason, String traceId, List<PendingEvent> outbox) {
        public RestoreRequest {
            outbox = List.copyOf(outbox);
        }
    }

    /** Why a sandbox is replaced. */
    enum Cause {
        /** It is gone. */
        LOST,
        /** It was stopped because nobody used it. */
        HIBERNATED;

        /** Returns the name used in JSON: lower case. */
        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Reads a wire name; an unknown one is an {@link IllegalArgumentException}. */
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public static Cause of(String wire) {
            return valueOf(wire.toUpperCase(Locale.ROOT));
        }
    }
}
