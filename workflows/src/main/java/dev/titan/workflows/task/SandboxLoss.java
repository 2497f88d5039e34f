package dev.titan.workflows.task;

import dev.titan.contracts.failure.FailureType;
import dev.titan.contracts.sandbox.SandboxActivity.Cause;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;
import java.util.Optional;

/**
 * Why a call into a sandbox failed, when the sandbox is the reason and another one can take its place.
 *
 * @param cause the kind
 * @param reason what is known
 */
record SandboxLoss(Cause cause, String reason) {

    /** Reads the failure of an activity on a sandbox's queue. */
    static Optional<SandboxLoss> of(ActivityFailure failure) {
        return switch (failure.getCause()) {
            case ApplicationFailure application
            when application.getType().equals(FailureType.SANDBOX_LOST.name()) ->
                Optional.of(new SandboxLoss(Cause.LOST, application.getOriginalMessage()));
            case ApplicationFailure application
            when application.getType().equals(FailureType.SANDBOX_HIBERNATED.name()) ->
                Optional.of(new SandboxLoss(Cause.HIBERNATED, application.getOriginalMessage()));
            case TimeoutFailure timeout
            when timeout.getTimeoutType() == TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START ->
                Optional.of(new SandboxLoss(Cause.LOST, "no process answers for the host of the sandbox"));
            case null, default -> Optional.empty();
        };
    }
}
