package dev.titan.contracts.chat;

import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.plan.PlanOutline;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.review.ReviewOutline;
import dev.titan.contracts.review.Verdict;
import dev.titan.contracts.task.TaskId;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The five questions the loop asks a model. Every answer is stored before it is outlined to the workflow; an attempt
 * that finds its answer stored returns it without calling the model again. Failures are {@code ApplicationFailure}s
 * whose type is a {@link dev.titan.contracts.failure.FailureType} name.
 */
@ActivityInterface
public interface ReasoningActivity {

    /** Makes a specification of the goal, stores it, and returns what that cost. */
    @ActivityMethod(name = "interpretGoal")
    @Nullable
    Spent interpretGoal(InterpretRequest request);

    /** Makes the next version of the plan, stores it and records {@code plan_generated} or {@code correction_applied}. */
    @ActivityMethod(name = "makePlan")
    PlanOutline makePlan(PlanRequest request);

    /** Shows the model the results of the turn before and stores what it wants next. */
    @ActivityMethod(name = "nextTurn")
    TurnOutline nextTurn(TurnRequest request);

    /**
     * Closes a step and records {@code step_completed}; where a review is wanted, asks the reviewer and records
     * {@code review_completed}.
     */
    @ActivityMethod(name = "reviewStep")
    ReviewOutline reviewStep(ReviewRequest request);

    /** Judges the task against its success criteria, the results of the checks included. */
    @ActivityMethod(name = "judgeTask")
    Verdict judgeTask(JudgeRequest request);

    /**
     * The argument of {@link #interpretGoal}.
     *
     * @param task the task
     * @param traceId 32 hexadecimal digits
     * @param outbox events to record first
     */
    record InterpretRequest(TaskId task, String traceId, List<PendingEvent> outbox) {
        public InterpretRequest {
            outbox = List.copyOf(outbox);
        }
    }

    /**
     * The argument of {@link #makePlan}.
     *
     * @param task the task
     * @param version the version to make, from 1
     * @param correction what led to a new version; absent for version 1
     * @param finished steps that have succeeded and are kept
     * @param traceId 32 hexadecimal digits
     * @param outbox events to record first
     */
    record PlanRequest(
            TaskId task,
            int version,
            @Nullable Correction correction,
            List<StepId> finished,
            String traceId,
            List<PendingEvent> outbox) {
        public PlanRequest {
            finished = List.copyOf(finished);
            outbox = List.copyOf(outbox);
        }
    }

    /**
     * Why a plan is revised; the words are in the stored review or verdict.
     *
     * @param step the step whose review asked for it, or absent when the verdict on the whole task did
     * @param review the number of the review of that step, or of the verdict, from 1
     */
    record Correction(@Nullable StepId step, int review) {

        /** The task goes on from another one with a goal of its own: the rest of the plan is made anew. */
        public static final Correction OTHER_GOAL = new Correction(null, 0);

        /** Returns whether the goal is another one, which has to be interpreted first. */
        public boolean asksForOtherGoal() {
            return step == null && review == 0;
        }
    }

    /**
     * The argument of {@link #nextTurn}.
     *
     * @param at where; results of turn {@code at.turn() - 1} are in the ledger
     * @param hint what the loop has to say to the model, such as the loop guard's nudge or the reviewer's suggestion;
     *     absent most of the time
     * @param messages which of the user's messages the step has not seen; absent when there are none
     * @param traceId 32 hexadecimal digits
     * @param outbox events to record first
     */
    record TurnRequest(
            StepPosition at,
            @Nullable TurnHint hint,
            @Nullable MessageRange messages,
            String traceId,
            List<PendingEvent> outbox) {
        public TurnRequest {
            outbox = List.copyOf(outbox);
        }
    }

    /**
     * Some of the messages a user has written to the task, which are numbered from 1.
     *
     * @param after the last one that is not among them; 0 before the first
     * @param upTo the last one among them
     */
    record MessageRange(int after, int upTo) {}

    /** What the loop has to say to the model before its next turn. */
    enum TurnHint {
        /** The same call gave the same result three times. */
        REPEATING,
        /** The last review asked to reach the step's goal by other means. */
        OTHER_TOOL
    }

    /**
     * The argument of {@link #reviewStep}.
     *
     * @param at the step and its last turn
     * @param status how the step ended
     * @param review the number of this review of the step, from 1
     * @param remaining how many steps of the plan are left
     * @param unasked whether the step is closed without asking the reviewer
     * @param traceId 32 hexadecimal digits
     * @param outbox events to record first
     */
    record ReviewRequest(
            StepPosition at,
            StepStatus status,
            int review,
            int remaining,
            boolean unasked,
            String traceId,
            List<PendingEvent> outbox) {
        public ReviewRequest {
            outbox = List.copyOf(outbox);
        }
    }

    /**
     * The argument of {@link #judgeTask}.
     *
     * @param task the task
     * @param planVersion the plan in force
     * @param verdict the number of this verdict, from 1
     * @param checks results of the checks: the turn of the pseudo-step {@link #VERIFY} they ran in, or 0 when there are none
     * @param traceId 32 hexadecimal digits
     * @param outbox events to record first
     */
    record JudgeRequest(
            TaskId task, int planVersion, int verdict, int checks, String traceId, List<PendingEvent> outbox) {
        public JudgeRequest {
            outbox = List.copyOf(outbox);
        }
    }

    /** The pseudo-step whose calls are the checks of the success criteria: turn = verdict number, call = check index. */
    StepId VERIFY = new StepId("verify");
}
