package dev.titan.workflows.task;

import dev.titan.contracts.steering.ApprovalDecision;
import dev.titan.contracts.steering.BudgetRaise;
import dev.titan.contracts.steering.CommandId;
import dev.titan.contracts.steering.SteeringActivity;
import dev.titan.contracts.steering.SteeringActivity.TakenCommand;
import dev.titan.contracts.steering.SteeringRefusal;
import dev.titan.contracts.task.TaskProgress;
import dev.titan.contracts.task.TaskStart;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowLock;
import org.jspecify.annotations.Nullable;

/** Takes what users ask of the task, one command after the other, and answers each once it is recorded. */
final class Steering {

    private final TaskStart start;
    private final Outbox outbox;
    private final Spending spending;
    private final Gate gate;
    private final People people;
    private final SteeringActivity steering = ActivityPolicy.steering();
    private final WorkflowLock turn = Workflow.newWorkflowLock();
    private int messages;
    private boolean closed;

    Steering(TaskStart start, Outbox outbox, Spending spending, Gate gate, People people) {
        this.start = start;
        this.outbox = outbox;
        this.spending = spending;
        this.gate = gate;
        this.people = people;
        TaskProgress progress = start.progress();
        this.messages = progress == null ? 0 : progress.steering().messages();
    }

    void validatePause() {
        requireOpen();
        refuseIf(gate.isPaused(), SteeringRefusal.ALREADY_PAUSED);
    }

    void pause(CommandId command) {
        gate.pause();
        inTurn(() -> record(command, null, null));
    }

    void validateResume() {
        requireOpen();
        refuseIf(!gate.isPaused() && gate.isBudgetReached(), SteeringRefusal.BUDGET_REACHED);
        refuseIf(!gate.isPaused(), SteeringRefusal.NOT_PAUSED);
    }

    void resume(CommandId command) {
        gate.resume(people.waitingFor());
        inTurn(() -> record(command, null, null));
    }

    void validateMessage() {
        requireOpen();
    }

    void message(CommandId command) {
        inTurn(() -> {
            if (!people.answer(command, () -> record(command, null, null))) {
                record(command, messages + 1, null);
                messages++;
            }
        });
    }

    void validateRaise(BudgetRaise raise) {
        requireOpen();
        refuseIf(!spending.isRaisedBy(raise.budget()), SteeringRefusal.BUDGET_NOT_RAISED);
    }

    void raise(BudgetRaise raise) {
        gate.raise(raise.budget(), people.waitingFor());
        inTurn(() -> record(raise.command(), null, null));
    }

    void validateDecision(ApprovalDecision decision) {
        requireOpen();
        people.refusalOf(decision).ifPresent(refusal -> refuseIf(true, refusal));
    }

    void decide(ApprovalDecision decision) {
        inTurn(() -> people.decide(decision, () -> record(decision.command(), null, decision))
                .ifPresent(refusal -> refuseIf(true, refusal)));
    }

    /** How many messages there are, all of them recorded. */
    int messages() {
        return messages;
    }

    /** From now on nothing is taken; returns when everything that was taken is recorded. */
    void close() {
        closed = true;
        settle();
    }

    /** Returns when everything that was taken is recorded. */
    void settle() {
        Workflow.await(Workflow::isEveryHandlerFinished);
    }

    TaskProgress.Steering progress(int changes) {
        return new TaskProgress.Steering(gate.isPaused(), gate.isBudgetReached(), changes, messages, people.progress());
    }

    /** What was taken is recorded even when the task is cancelled meanwhile. */
    private void record(CommandId command, @Nullable Integer message, @Nullable ApprovalDecision decision) {
        Workflow.newDetachedCancellationScope(() -> outbox.deliver(events -> steering.takeCommand(
                        new TakenCommand(start.taskId(), start.traceId(), command, message, decision, events))))
                .run();
    }

    private void inTurn(Runnable command) {
        turn.lock();
        try {
            command.run();
        } finally {
            turn.unlock();
        }
    }

    private void requireOpen() {
        refuseIf(closed, SteeringRefusal.TASK_ENDING);
    }

    private static void refuseIf(boolean refused, SteeringRefusal refusal) {
        if (refused) {
            throw ApplicationFailure.newNonRetryableFailure(refusal.wire(), refusal.name());
        }
    }
}
