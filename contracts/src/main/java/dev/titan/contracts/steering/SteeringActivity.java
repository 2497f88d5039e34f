package dev.titan.contracts.steering;

import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.CallSource;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.Ruling;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps in the store what users ask of tasks and what tasks ask of users; the words never enter Temporal's history. */
@ActivityInterface
public interface SteeringActivity {

    /** Marks a command as taken and records what follows from it, in one transaction. */
    @ActivityMethod(name = "takeCommand")
    void takeCommand(TakenCommand request);

    /** Stores the question whether a call may be made, and records {@code approval_requested}. */
    @ActivityMethod(name = "requestApproval")
    Ticket requestApproval(PersonRequest request);

    /** Records {@code input_requested} with the question of an {@code ask_user} call. */
    @ActivityMethod(name = "askUser")
    Ticket askUser(PersonRequest request);

    /** Records {@code input_requested} with the question what became of a call, which a crash hides. */
    @ActivityMethod(name = "askWhatHappened")
    Ticket askWhatHappened(PersonRequest request);

    /** Closes an approval nobody has decided, and records that. */
    @ActivityMethod(name = "expireApproval")
    void expireApproval(ExpiredApproval request);

    /**
     * The argument of {@link #takeCommand}.
     *
     * @param task the task
     * @param traceId 32 hexadecimal digits
     * @param command what is taken
     * @param message the number of the message that the command is, from 1 within the task; absent for other commands and
     *     for answers to a question, which the model reads as the result of its call
     * @param decision what was decided, when the command is that
     * @param outbox events to record first; what follows from the command is among them
     */
    record TakenCommand(
            TaskId task,
            String traceId,
            CommandId command,
            @Nullable Integer message,
            @Nullable ApprovalDecision decision,
            List<PendingEvent> outbox) {
        public TakenCommand {
            outbox = List.copyOf(outbox);
        }
    }

    /**
     * The argument of {@link #requestApproval}, {@link #askUser} and {@link #askWhatHappened}.
     *
     * @param effect the call
     * @param source where its arguments are
     * @param before what a person made of it before it was made; absent when nobody was asked
     * @param patience how long a person may take, from the first time this is asked
     * @param traceId 32 hexadecimal digits
     * @param outbox events to record first
     */
    record PersonRequest(
            EffectId effect,
            CallSource source,
            @Nullable Ruling before,
            Duration patience,
            String traceId,
            List<PendingEvent> outbox) {
        public PersonRequest {
            outbox = List.copyOf(outbox);
        }
    }

    /**
     * A question to a person.
     *
     * @param needed false for a call that cannot be made anyhow, so that nobody has to be asked
     * @param argumentsHash SHA-256 over tool and canonical arguments, 64 hexadecimal digits: what a decision is bound to
     * @param expiresAt until when it waits; the same however often it is asked
     */
    record Ticket(boolean needed, String argumentsHash, Instant expiresAt) {}

    /**
     * The argument of {@link #expireApproval}.
     *
     * @param task the task
     * @param traceId 32 hexadecimal digits
     * @param approval what nobody decided
     * @param outbox events to record first
     */
    record ExpiredApproval(TaskId task, String traceId, ApprovalId approval, List<PendingEvent> outbox) {
        public ExpiredApproval {
            outbox = List.copyOf(outbox);
        }
    }
}
