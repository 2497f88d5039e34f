package dev.titan.contracts.task;

import dev.titan.contracts.steering.ApprovalDecision;
import dev.titan.contracts.steering.BudgetRaise;
import dev.titan.contracts.steering.CommandId;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * The agent loop of one task; its workflow id is the task's id. Cancelling the workflow cancels the task. An update
 * returns once what it asked for is recorded; one that makes no sense is refused with an {@code ApplicationFailure}
 * whose type is a {@link dev.titan.contracts.steering.SteeringRefusal}.
 */
@WorkflowInterface
public interface TaskWorkflow {

    /** The queue of workflows and of every activity that needs no sandbox. */
    String TASK_QUEUE = "titan";

    /** Runs the task to its end. Failures are outcomes; only a bug fails the workflow itself. */
    @WorkflowMethod(name = "Task")
    TaskOutcome run(TaskStart start);

    /** Stops before the next model call or tool call; what runs is finished. */
    @UpdateMethod(name = "pause")
    void pause(CommandId command);

    @UpdateValidatorMethod(updateName = "pause")
    void validatePause(CommandId command);

    /** Goes on after {@link #pause}. */
    @UpdateMethod(name = "resume")
    void resume(CommandId command);

    @UpdateValidatorMethod(updateName = "resume")
    void validateResume(CommandId command);

    /** Shows the model what the user wrote; where a question waits for an answer, that is the answer. */
    @UpdateMethod(name = "message")
    void message(CommandId command);

    @UpdateValidatorMethod(updateName = "message")
    void validateMessage(CommandId command);

    /** Raises the budget, and goes on where it was used up. */
    @UpdateMethod(name = "raiseBudget")
    void raiseBudget(BudgetRaise raise);

    @UpdateValidatorMethod(updateName = "raiseBudget")
    void validateRaiseBudget(BudgetRaise raise);

    /** Lets a call that waits for approval be made, or not. */
    @UpdateMethod(name = "decide")
    void decide(ApprovalDecision decision);

    @UpdateValidatorMethod(updateName = "decide")
    void validateDecide(ApprovalDecision decision);
}
