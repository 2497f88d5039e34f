package dev.titan.contracts.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.titan.contracts.artifact.Artifact;
import dev.titan.contracts.chat.Role;
import dev.titan.contracts.plan.Plan;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.review.Review;
import dev.titan.contracts.task.Budget;
import dev.titan.contracts.task.ForkOrigin;
import dev.titan.contracts.task.TaskReason;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a task. The type names are what clients know and never change; old events must always
 * load. Step, turn and time are in the envelope.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TaskEvent.TaskQueued.class, name = "task_queued"),
    @JsonSubTypes.Type(value = TaskEvent.TaskStarted.class, name = "task_started"),
    @JsonSubTypes.Type(value = TaskEvent.PlanGenerated.class, name = "plan_generated"),
    @JsonSubTypes.Type(value = TaskEvent.StepStarted.class, name = "step_started"),
    @JsonSubTypes.Type(value = TaskEvent.StepCompleted.class, name = "step_completed"),
    @JsonSubTypes.Type(value = TaskEvent.CorrectionApplied.class, name = "correction_applied"),
    @JsonSubTypes.Type(value = TaskEvent.Failed.class, name = "error"),
    @JsonSubTypes.Type(value = TaskEvent.Completed.class, name = "complete"),
    @JsonSubTypes.Type(value = TaskEvent.ToolCalled.class, name = "tool_called"),
    @JsonSubTypes.Type(value = TaskEvent.ToolOutput.class, name = "tool_output"),
    @JsonSubTypes.Type(value = TaskEvent.ToolCompleted.class, name = "tool_completed"),
    @JsonSubTypes.Type(value = TaskEvent.ReviewCompleted.class, name = "review_completed"),
    @JsonSubTypes.Type(value = TaskEvent.MessageReceived.class, name = "message_received"),
    @JsonSubTypes.Type(value = TaskEvent.ApprovalRequested.class, name = "approval_requested"),
    @JsonSubTypes.Type(value = TaskEvent.ApprovalDecided.class, name = "approval_decided"),
    @JsonSubTypes.Type(value = TaskEvent.InputRequested.class, name = "input_requested"),
    @JsonSubTypes.Type(value = TaskEvent.Paused.class, name = "paused"),
    @JsonSubTypes.Type(value = TaskEvent.Resumed.class, name = "resumed"),
    @JsonSubTypes.Type(value = TaskEvent.BudgetReached.class, name = "budget_reached"),
    @JsonSubTypes.Type(value = TaskEvent.BudgetRaised.class, name = "budget_raised"),
    @JsonSubTypes.Type(value = TaskEvent.ContextSummarized.class, name = "context_summarized"),
    @JsonSubTypes.Type(value = TaskEvent.SandboxCreated.class, name = "sandbox_created"),
    @JsonSubTypes.Type(value = TaskEvent.SandboxLost.class, name = "sandbox_lost"),
    @JsonSubTypes.Type(value = TaskEvent.SandboxRestored.class, name = "sandbox_restored"),
    @JsonSubTypes.Type(value = TaskEvent.ArtifactCreated.class, name = "artifact_created"),
    @JsonSubTypes.Type(value = TaskEvent.UsageRecorded.class, name = "usage_recorded"),
    @JsonSubTypes.Type(value = TaskEvent.ModelDelta.class, name = "model_delta"),
    @JsonSubTypes.Type(value = TaskEvent.AttemptRestarted.class, name = "attempt_restarted"),
    @JsonSubTypes.Type(value = TaskEvent.FileAccessed.class, name = "file_accessed"),
    @JsonSubTypes.Type(value = TaskEvent.EgressDecided.class, name = "egress_decided")
})
public sealed interface TaskEvent {

    /**
     * Accepted and stored.
     *
     * @param goal the goal
     * @param forkedFrom which task it goes on from; absent when it begins at the beginning
     */
    record TaskQueued(String goal, @Nullable ForkOrigin forkedFrom) implements TaskEvent {

        /** A task that begins at the beginning. */
        public TaskQueued(String goal) {
            this(goal, null);
        }
    }

    /** The loop has begun. */
    record TaskStarted() implements TaskEvent {}

    /**
     * The first plan is made.
     *
     * @param plan the plan
     */
    record PlanGenerated(Plan plan) implements TaskEvent {}

    /**
     * A step is being worked on.
     *
     * @param attempt from 1; a second try by other means is 2
     */
    record StepStarted(int attempt) implements TaskEvent {}

    /**
     * A step has ended.
     *
     * @param attempt from 1
     * @param status succeeded, failed or skipped
     * @param result what came out, shortened
     * @param error why it failed, when it did
     */
    record StepCompleted(
            int attempt,
            StepStatus status,
            @Nullable String result,
            @Nullable String error) implements TaskEvent {}

    /**
     * The plan was revised.
     *
     * @param number which correction of the task, from 1
     * @param why what was wrong
     * @param before the plan's version before
     * @param plan the plan from now on
     */
    record CorrectionApplied(int number, String why, int before, Plan plan) implements TaskEvent {}

    /**
     * The task ended without success, or was cancelled.
     *
     * @param reason the kind; {@code user} means cancelled
     * @param message what happened and what to do about it
     */
    record Failed(TaskReason reason, String message) implements TaskEvent {}

    /**
     * The task succeeded.
     *
     * @param answer what to tell the user
     */
    record Completed(String answer) implements TaskEvent {}

    /**
     * A tool is about to run.
     *
     * @param call index within the turn
     * @param tool the tool's name
     * @param arguments its arguments, long values shortened
     */
    record ToolCalled(int call, String tool, Map<String, Object> arguments) implements TaskEvent {}

    /**
     * Output of a running tool, in order, batched.
     *
     * @param call index within the turn
     * @param offset position of the text's first byte in the whole output
     * @param text the output
     */
    record ToolOutput(int call, long offset, String text) implements TaskEvent {}

    /**
     * A tool has ended.
     *
     * @param call index within the turn
     * @param tool the tool's name
     * @param failure what kind of failure, absent when it succeeded
     * @param result what the model reads, shortened
     * @param took time from claim to result
     */
    record ToolCompleted(int call, String tool, @Nullable String failure, String result, Duration took)
            implements TaskEvent {}

    /**
     * A step was reviewed.
     *
     * @param review the decision and the critique
     */
    record ReviewCompleted(Review review) implements TaskEvent {}

    /**
     * The user wrote to the task.
     *
     * @param text the message
     */
    record MessageReceived(String text) implements TaskEvent {}

    /**
     * A person must decide whether a call may be made.
     *
     * @param approvalId the approval
     * @param tool the tool to be called
     * @param arguments its arguments, long values shortened; the exact ones are with the approval
     * @param argumentsHash what a decision has to name, so that it is about this very call
     * @param expiresAt when the call is refused because nobody has decided
     */
    record ApprovalRequested(
            String approvalId,
            String tool,
            Map<String, Object> arguments,
            @Nullable String argumentsHash,
            @Nullable Instant expiresAt)
            implements TaskEvent {}

    /**
     * A person has decided, or nobody has in time.
     *
     * @param approvalId the approval
     * @param decision approved, edited, denied or expired
     */
    record ApprovalDecided(String approvalId, String decision) implements TaskEvent {}

    /**
     * The model asks the user something.
     *
     * @param question the question
     * @param expiresAt when the model is told that nobody has answered
     */
    record InputRequested(String question, Instant expiresAt) implements TaskEvent {}

    /**
     * Stopped and ready to go on.
     *
     * @param reason why
     */
    record Paused(TaskReason reason) implements TaskEvent {}

    /**
     * Going on.
     *
     * @param waitingFor what a person still has to do before everything goes on; absent when nothing
     */
    record Resumed(@Nullable TaskReason waitingFor) implements TaskEvent {}

    /**
     * A budget is used up.
     *
     * @param budget its name, such as {@code max_model_calls}
     */
    record BudgetReached(String budget) implements TaskEvent {}

    /**
     * A user has raised the budget.
     *
     * @param budget what may be spent from now on
     */
    record BudgetRaised(Budget budget) implements TaskEvent {}

    /**
     * History was replaced by a summary.
     *
     * @param summary the summary
     */
    record ContextSummarized(String summary) implements TaskEvent {}

    /**
     * The task has a sandbox.
     *
     * @param sandboxId its id
     * @param provider docker or local
     * @param isolation container or process
     */
    record SandboxCreated(String sandboxId, String provider, String isolation) implements TaskEvent {}

    /**
     * The sandbox is gone.
     *
     * @param sandboxId its id
     * @param reason what is known
     */
    record SandboxLost(String sandboxId, String reason) implements TaskEvent {}

    /**
     * The sandbox was rebuilt.
     *
     * @param sandboxId the id of the new one
     * @param reason why the one before could not be used any more
     * @param checkpoint the number of the checkpoint its files come from; absent when nothing had been done yet
     * @param generation counts up with every rebuilt sandbox of the task; the first to be rebuilt is 2
     */
    record SandboxRestored(
            String sandboxId,
            @Nullable String reason,
            @Nullable Integer checkpoint,
            @Nullable Integer generation) implements TaskEvent {}

    /**
     * Something was stored for the user.
     *
     * @param artifact what
     */
    record ArtifactCreated(Artifact artifact) implements TaskEvent {}

    /**
     * A model call was answered.
     *
     * @param role what it was for
     * @param model {@code provider/model}
     * @param prompt name and version of the prompt
     * @param inputTokens tokens read
     * @param outputTokens tokens written
     * @param took time from request to answer
     * @param usd what it cost at list price, in US dollars; absent when the model's price is not known
     * @param prices the version of the price list, or {@code unknown}; absent before there were prices
     */
    record UsageRecorded(
            Role role,
            String model,
            String prompt,
            long inputTokens,
            long outputTokens,
            Duration took,
            @Nullable BigDecimal usd,
            @Nullable String prices)
            implements TaskEvent {

        /** What an answer without a known price cost. */
        public UsageRecorded(
                Role role, String model, String prompt, long inputTokens, long outputTokens, Duration took) {
            this(role, model, prompt, inputTokens, outputTokens, took, null, null);
        }
    }

    /** What only those hear who follow the task at that moment; it travels in a {@link LiveEvent} and is never stored. */
    sealed interface Live extends TaskEvent {}

    /**
     * A piece of a model's words while they come. The stored event that completes the turn makes all of them obsolete.
     *
     * @param attempt which attempt to ask speaks, from 1
     * @param offset position of the piece's first character within the answer; 0 is a new beginning, and a piece that does
     *     not begin where the one before ended follows lost ones
     * @param text the piece
     */
    record ModelDelta(int attempt, long offset, String text) implements Live {}

    /**
     * The model is asked once more for this turn: what was shown of its words is void.
     *
     * @param attempt which attempt begins, from 2
     */
    record AttemptRestarted(int attempt) implements Live {}

    /**
     * The audit trail of the file tools.
     *
     * @param operation read, write or list
     * @param path as asked for
     * @param allowed whether it was done
     * @param bytes size read or written
     */
    record FileAccessed(String operation, String path, boolean allowed, long bytes) implements TaskEvent {}

    /**
     * The audit trail of the network: what the egress proxy decided. Equal decisions that follow soon are told together,
     * the first at once.
     *
     * @param host the host in its one spelling; {@code *} stands for further ones after the first 500
     * @param port the port; 0, with the host {@code ?}, when it could not be read
     * @param address the address that was dialled, or that was the reason to refuse
     * @param allowed whether the request may pass
     * @param reason the kind: {@code allowed}, or why not
     * @param times how many such decisions since the event before; 0 when only bytes have moved
     * @param bytesUp bytes sent since the event before
     * @param bytesDown bytes received since the event before
     */
    record EgressDecided(
            String host,
            int port,
            @Nullable String address,
            boolean allowed,
            String reason,
            long times,
            long bytesUp,
            long bytesDown)
            implements TaskEvent {}
}
