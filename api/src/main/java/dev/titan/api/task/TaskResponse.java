package dev.titan.api.task;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.titan.contracts.artifact.Artifact;
import dev.titan.contracts.chat.Usage;
import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.network.NetworkPolicy;
import dev.titan.contracts.task.Autonomy;
import dev.titan.contracts.task.ForkOrigin;
import dev.titan.contracts.task.Inheritance;
import dev.titan.contracts.task.ReviewMode;
import dev.titan.contracts.task.SuccessCriterion;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskLimits;
import dev.titan.contracts.task.TaskReason;
import dev.titan.contracts.task.TaskStatus;
import dev.titan.contracts.task.UnknownOutcome;
import dev.titan.store.plan.ShownPlan;
import dev.titan.store.task.TaskRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task with everything that belongs to it.
 *
 * @param taskId the task, under the name older clients know
 * @param id the task
 * @param status where it is
 * @param forkedFrom which task it goes on from, and after which step; absent when it begins at the beginning
 * @param reason why it has this status, where that needs saying
 * @param message the answer of a task that succeeded, or what went wrong
 * @param goal what was asked
 * @param context what the model was told besides
 * @param files paths of the files that were given
 * @param setup the command that was given
 * @param model the model asked for
 * @param tools the tools it may use; empty means all
 * @param budget when it stops
 * @param successCriteria what must hold at the end
 * @param metadata the caller's own labels
 * @param networkPolicy what its sandbox may reach
 * @param autonomy which calls need a person's approval
 * @param approvalWaitSeconds how long a person may take to approve a call or to answer a question
 * @param review which steps are reviewed
 * @param unknownOutcome who is told when a crash hides whether a call that must not be repeated took effect
 * @param plan the plan in force with where its steps are, once there is one
 * @param events the newest events, oldest first
 * @param eventsOmitted how many older events there are; they are at {@code …/events}
 * @param artifacts what it has left behind so far
 * @param sandbox the sandbox it has now; absent before it needs one and after its end
 * @param usage what its model calls cost so far
 * @param lastSeq the number of events so far
 * @param cancelRequested whether a user wants it to end
 * @param traceId 32 hexadecimal digits
 * @param createdAt when it was accepted
 * @param startedAt when its loop began
 * @param endedAt when it ended
 */
record TaskResponse(
        @JsonProperty("taskId") TaskId taskId,
        TaskId id,
        TaskStatus status,
        @Nullable ForkOrigin forkedFrom,
        @Nullable TaskReason reason,
        @Nullable String message,
        String goal,
        Map<String, Object> context,
        List<String> files,
        @Nullable String setup,
        @Nullable String model,
        List<String> tools,
        TaskLimits budget,
        List<SuccessCriterion> successCriteria,
        Map<String, String> metadata,
        NetworkPolicy networkPolicy,
        Autonomy autonomy,
        long approvalWaitSeconds,
        ReviewMode review,
        UnknownOutcome unknownOutcome,
        @Nullable ShownPlan plan,
        List<EventEnvelope> events,
        long eventsOmitted,
        List<Artifact> artifacts,
        @Nullable TaskSandboxResponse sandbox,
        Usage usage,
        long lastSeq,
        boolean cancelRequested,
        String traceId,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {

    static TaskResponse of(
            TaskRow task,
            Usage usage,
            @Nullable ShownPlan plan,
            List<EventEnvelope> events,
            List<Artifact> artifacts,
            @Nullable TaskSandboxResponse sandbox) {
        var request = task.request();
        Inheritance inheritance = task.inheritance();
        return new TaskResponse(
                task.id(),
                task.id(),
                task.status(),
                inheritance == null ? null : inheritance.from(),
                task.reason(),
                task.message(),
                request.goal(),
                request.context(),
                request.files().keySet().stream().sorted().toList(),
                request.setup(),
                request.model(),
                request.tools(),
                request.limits(),
                request.successCriteria(),
                request.metadata(),
                request.networkPolicy(),
                request.terms().autonomy(),
                request.terms().approvalWait().toSeconds(),
                request.terms().review(),
                request.terms().unknownOutcome(),
                plan,
                events,
                events.isEmpty() ? task.lastSeq() : events.getFirst().seq() - 1,
                artifacts,
                sandbox,
                usage,
                task.lastSeq(),
                task.cancelRequested(),
                task.traceId(),
                task.createdAt(),
                task.startedAt(),
                task.endedAt());
    }
}
