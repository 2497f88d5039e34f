package dev.titan.workflows.task;

import dev.titan.contracts.chat.ReasoningActivity;
import dev.titan.contracts.chat.ReasoningActivity.MessageRange;
import dev.titan.contracts.chat.ReasoningActivity.TurnHint;
import dev.titan.contracts.chat.ReasoningActivity.TurnRequest;
import dev.titan.contracts.chat.StepPosition;
import dev.titan.contracts.chat.TurnOutline;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.PlanOutline.StepOutline;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.task.StepPlace;
import dev.titan.contracts.task.TaskStart;
import dev.titan.contracts.tool.CallOutline;
import dev.titan.contracts.tool.CallSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Works on steps: a planned call first, then turns of model, calls and results until the model has an answer. */
final class StepRunner {

    private final TaskStart start;
    private final Outbox outbox;
    private final ToolCalls tools;
    private final Allowance allowance;
    private final Gate gate;
    private final Spending spending;
    private final Steering steering;
    private final StepNumbers numbers;
    private final LoopGuard guard;
    private final ReasoningActivity reasoning = ActivityPolicy.reasoning();

    StepRunner(TaskContext task, ToolCalls tools, Allowance allowance, StepNumbers numbers, LoopGuard guard) {
        this.start = task.start();
        this.outbox = task.outbox();
        this.gate = task.gate();
        this.spending = task.spending();
        this.steering = task.steering();
        this.tools = tools;
        this.allowance = allowance;
        this.numbers = numbers;
        this.guard = guard;
    }

    /** Works on a step from a place on; that of a step that has not begun is {@link StepPlace#before}. */
    StepEnd run(int planVersion, StepOutline step, int attempt, StepPlace from) {
        return new Work(planVersion, step.id(), from).run(step.call(), attempt);
    }

    /** The work on one step. */
    private final class Work {

        private final int planVersion;
        private final StepId step;
        private boolean redo;
        private boolean counted;
        private boolean failed;
        private boolean begun;
        private @Nullable TurnHint hint;
        private int messages;

        Work(int planVersion, StepId step, StepPlace from) {
            this.planVersion = planVersion;
            this.step = step;
            this.begun = from.begun();
            this.redo = from.redo();
            this.counted = from.counted();
            this.failed = from.failed();
            this.hint = from.hint();
            this.messages = from.messages();
        }

        StepEnd run(@Nullable CallOutline planned, int attempt) {
            if (!begun) {
                outbox.add(
                        "step_started/%s/%d/%d".formatted(step, planVersion, attempt),
                        step,
                        new TaskEvent.StepStarted(attempt));
                hint = attempt > 1 ? TurnHint.OTHER_TOOL : null;
                if (planned != null && attempt == 1) {
                    Optional<StepEnd> end = plannedCall(planned);
                    if (end.isPresent()) {
                        return end.get();
                    }
                }
                begun = true;
            }
            while (true) {
                Optional<StepEnd> end = turn();
                if (end.isPresent()) {
                    return end.get();
                }
            }
        }

        private Optional<StepEnd> plannedCall(CallOutline planned) {
            if (!redo && !allowance.step()) {
                return Optional.of(new StepEnd.OutOfSteps());
            }
            int turn = number();
            Optional<TurnReport> report = call(turn, List.of(planned), new CallSource.Planned(planVersion));
            if (report.isEmpty()) {
                return park(true);
            }
            redo = false;
            return failed || report.get().hearsay() ? Optional.empty() : done(StepStatus.SUCCEEDED, turn);
        }

        private Optional<StepEnd> turn() {
            if (!(redo ? gate.passAgain() : gate.passModel())) {
                return park(redo);
            }
            int turn = number();
            return switch (ask(turn)) {
                case TurnOutline.Answer _ -> done(failed ? StepStatus.FAILED : StepStatus.SUCCEEDED, turn);
                case TurnOutline.Calls asked -> make(turn, asked.calls());
            };
        }

        private Optional<StepEnd> make(int turn, List<CallOutline> calls) {
            if (!redo && !allowance.step()) {
                return Optional.of(new StepEnd.OutOfSteps());
            }
            Optional<TurnReport> report = call(turn, calls, new CallSource.Asked());
            if (report.isEmpty()) {
                return park(true);
            }
            redo = false;
            return switch (guard.watch(calls, report.get().calls())) {
                case GO_ON -> goOn(null);
                case NUDGE -> goOn(TurnHint.REPEATING);
                case END_STEP -> done(StepStatus.FAILED, turn);
                case GIVE_UP -> Optional.of(new StepEnd.Stuck(calls.getFirst().tool()));
            };
        }

        /** What a turn that is taken again has asked for was counted the first time. */
        private Optional<TurnReport> call(int turn, List<CallOutline> calls, CallSource source) {
            if (!(counted ? gate.passAgain() : gate.passTools(calls.size()))) {
                return Optional.empty();
            }
            counted = true;
            Optional<TurnReport> report = tools.run(step, turn, calls, source);
            report.ifPresent(of -> {
                failed = !of.succeeded();
                counted = false;
            });
            return report;
        }

        /** A turn that is taken again was answered before: what users have said since is for the next one. */
        private TurnOutline ask(int turn) {
            var at = new StepPosition(start.taskId(), planVersion, step, turn);
            int newest = redo ? messages : steering.messages();
            MessageRange unseen = newest > messages ? new MessageRange(messages, newest) : null;
            TurnOutline outline = outbox.deliverFor(
                    events -> reasoning.nextTurn(new TurnRequest(at, hint, unseen, start.traceId(), events)));
            messages = newest;
            if (!redo) {
                spending.answered(outline.spent());
            }
            return outline;
        }

        private int number() {
            return redo ? numbers.turns(step) : numbers.nextTurn(step);
        }

        private Optional<StepEnd> goOn(@Nullable TurnHint next) {
            hint = next;
            return Optional.empty();
        }

        private static Optional<StepEnd> done(StepStatus status, int turn) {
            return Optional.of(new StepEnd.Done(status, turn));
        }

        private Optional<StepEnd> park(boolean again) {
            return Optional.of(new StepEnd.Parked(new StepPlace(step, begun, again, counted, failed, hint, messages)));
        }
    }
}
