package dev.titan.api.steering;

import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.steering.ApprovalId;
import dev.titan.contracts.steering.ApprovalStatus;
import dev.titan.contracts.task.TaskId;
import dev.titan.store.steering.ApprovalRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call that waits, or has waited, for a person.
 *
 * @param id its id
 * @param taskId the task that wants to make it
 * @param stepId the step it belongs to
 * @param turn the turn within the step
 * @param tool the tool to be called
 * @param arguments its exact arguments
 * @param argumentsHash SHA-256 over tool and arguments; a decision is about this call and no other
 * @param status what became of it
 * @param requestedAt since when it waits
 * @param expiresAt when it is refused because nobody has decided
 * @param decidedAt when that was over
 */
record ApprovalResponse(
        ApprovalId id,
        TaskId taskId,
        StepId stepId,
        int turn,
        String tool,
        Map<String, Object> arguments,
        String argumentsHash,
        ApprovalStatus status,
        Instant requestedAt,
        Instant expiresAt,
        @Nullable Instant decidedAt) {

    static ApprovalResponse of(ApprovalRow row) {
        return new ApprovalResponse(
                row.id(),
                row.effect().task(),
                row.effect().step(),
                row.effect().turn(),
                row.call().tool(),
                row.call().arguments(),
                row.argumentsHash(),
                row.status(),
                row.requestedAt(),
                row.expiresAt(),
                row.decidedAt());
    }

    /**
     * A list of them.
     *
     * @param data oldest first, at most {@value ApprovalController#LIST_MAX}
     */
    record Page(List<ApprovalResponse> data) {}
}
