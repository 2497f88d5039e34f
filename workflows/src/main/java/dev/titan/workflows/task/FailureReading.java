package dev.titan.workflows.task;

import dev.titan.contracts.failure.FailureType;
import dev.titan.contracts.task.TaskOutcome;
import dev.titan.contracts.task.TaskReason;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;
import java.util.Arrays;
import java.util.Optional;

/** Reads a failed activity as the end of a task. */
final class FailureReading {

    private FailureReading() {}

    static TaskOutcome.Failed outcomeOf(ActivityFailure failure) {
        return switch (failure.getCause()) {
            case ApplicationFailure application ->
                new TaskOutcome.Failed(reasonOf(application.getType()), application.getOriginalMessage());
            case TimeoutFailure timeout
            when timeout.getTimeoutType() == TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START ->
                new TaskOutcome.Failed(
                        TaskReason.SANDBOX_LOST,
                        "No process answers for the host of the sandbox, so %s could not run. Start the host again and retry the task."
                                .formatted(failure.getActivityType()));
            case TimeoutFailure timeout ->
                new TaskOutcome.Failed(
                        TaskReason.UNRECOVERABLE,
                        "%s did not end in time (%s)."
                                .formatted(
                                        failure.getActivityType(),
                                        timeout.getTimeoutType().name()));
            case null, default ->
                new TaskOutcome.Failed(
                        TaskReason.UNRECOVERABLE,
                        "%s failed: %s".formatted(failure.getActivityType(), failure.getMessage()));
        };
    }

    private static TaskReason reasonOf(String type) {
        return known(type)
                .map(known -> switch (known) {
                    case MODEL_KEY_MISSING,
                            MODEL_KEY_REFUSED,
                            MODEL_UNKNOWN,
                            MODEL_REQUEST_REFUSED,
                            MODEL_QUOTA_EXHAUSTED,
                            MODEL_CONTEXT_OVERFLOW,
                            MODEL_CONTENT_FILTERED,
                            MODEL_RATE_LIMITED,
                            MODEL_UNAVAILABLE,
                            MODEL_TIMED_OUT,
                            MODEL_REPLY_INVALID -> TaskReason.MODEL_ERROR;
                    case SANDBOX_LOST, SANDBOX_HIBERNATED, WORKSPACE_LOST -> TaskReason.SANDBOX_LOST;
                    case SANDBOX_UNAVAILABLE, SANDBOX_REFUSED -> TaskReason.SANDBOX_UNAVAILABLE;
                    case STORE_UNAVAILABLE, INTERNAL -> TaskReason.UNRECOVERABLE;
                })
                .orElse(TaskReason.UNRECOVERABLE);
    }

    private static Optional<FailureType> known(String type) {
        return Arrays.stream(FailureType.values())
                .filter(value -> value.name().equals(type))
                .findFirst();
    }
}
