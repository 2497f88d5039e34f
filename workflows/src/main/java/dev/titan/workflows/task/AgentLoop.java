package dev.titan.workflows.task;

import dev.titan.contracts.chat.ReasoningActivity;
import dev.titan.contracts.chat.ReasoningActivity.Correction;
import dev.titan.contracts.chat.ReasoningActivity.InterpretRequest;
import dev.titan.contracts.chat.ReasoningActivity.PlanRequest;
import dev.titan.contracts.plan.PlanOutline;
import dev.titan.contracts.plan.PlanOutline.StepOutline;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.review.Decision;
import dev.titan.contracts.review.Verdict;
import dev.titan.contracts.task.StepPlace;
import dev.titan.contracts.task.TaskOutcome;
import dev.titan.contracts.task.TaskProgress;
import dev.titan.contracts.task.TaskReason;
import dev.titan.contracts.task.TaskStart;
import dev.titan.contracts.task.TaskWorkflow;
import io.temporal.workflow.Workflow;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The loop: interpret, plan, work on the steps that are ready, review each, correct, and at the end judge the whole
 * against the success criteria.
 */
final class AgentLoop {

    private final TaskContext task;
    private final TaskStart start;
    private final TaskSandbox sandbox;
    private final ReasoningActivity reasoning = ActivityPolicy.reasoning();
    private final Allowance allowance;
    private final PlanProgress plan;
    private final RunningSteps running = new RunningSteps();
    private final Map<StepId, StepPlace> parked = new LinkedHashMap<>();
    private final StepNumbers numbers;
    private final LoopGuard guard;
    private final StepRunner runner;
    private final Assessment assessment;
    private @Nullable Correction wanted;

    AgentLoop(TaskContext task, TaskSandbox sandbox) {
        this.task = task;
        this.start = task.start();
        this.sandbox = sandbox;
        TaskProgress before = start.progress();
        this.allowance = new Allowance(start);
        this.plan = new PlanProgress(start);
        this.numbers = new StepNumbers(before == null ? Map.of() : before.work().past());
        this.guard = new LoopGuard(before == null ? List.of() : before.work().repeated());
        ToolCalls tools = new ToolCalls(task, sandbox);
        this.runner = new StepRunner(task, tools, allowance, numbers, guard);
        this.assessment = new Assessment(task, tools, numbers);
        if (before != null) {
            before.work().places().forEach(place -> parked.put(place.step(), place));
            this.wanted = before.work().wanted();
        }
    }

    TaskOutcome run() {
        try {
            if (plan.version() == 0) {
                interpret();
                makePlan(null);
            }
            while (true) {
                startReadySteps();
                ProgressReport.plan(plan, allowance);
                Optional<TaskOutcome> end = running.count() == 0 ? settle() : apply(running.awaitOne());
                if (end.isPresent()) {
                    return end.get();
                }
            }
        } finally {
            running.stop();
        }
    }

    /** Once a correction is wanted, or another run, nothing begins that has not begun. */
    private void startReadySteps() {
        if (wanted == null && !task.gate().continues()) {
            plan.ready(running::contains).stream()
                    .sorted(Comparator.comparing(step -> !parked.containsKey(step.id())))
                    .limit(task.version().stepsAtOnce() - running.count())
                    .forEach(this::start);
        }
    }

    private void start(StepOutline step) {
        StepPlace known = parked.remove(step.id());
        StepPlace place = known == null ? StepPlace.before(step.id()) : known;
        running.start(step.id(), () -> work(step, place));
    }

    private StepResult work(StepOutline step, StepPlace place) {
        int version = plan.version();
        return switch (runner.run(version, step, plan.attemptOf(step.id()), place)) {
            case StepEnd.Done done ->
                new StepResult.Reviewed(assessment.review(version, step.id(), done, plan.remaining()));
            case StepEnd.Parked(StepPlace at) -> new StepResult.Parked(at);
            case StepEnd.OutOfSteps _ -> new StepResult.OutOfSteps();
            case StepEnd.Stuck(String tool) -> new StepResult.Stuck(tool);
        };
    }

    private Optional<TaskOutcome> apply(RunningSteps.Ended ended) {
        return switch (ended.result()) {
            case StepResult.Reviewed(Decision decision) -> decide(ended.step(), decision);
            case StepResult.Parked(StepPlace place) -> {
                parked.put(place.step(), place);
                yield Optional.empty();
            }
            case StepResult.OutOfSteps _ ->
                failed(
                        TaskReason.TIMEOUT,
                        "The task used its %d steps without reaching the goal. Raise budget.max_steps to allow more."
                                .formatted(start.limits().maxSteps()));
            case StepResult.Stuck(String tool) ->
                failed(
                        TaskReason.STUCK,
                        "Step %s repeats the same %s call with the same result, and neither a hint nor another plan helped."
                                .formatted(ended.step(), tool));
        };
    }

    private Optional<TaskOutcome> decide(StepId step, Decision decision) {
        switch (decision) {
            case CONTINUE -> plan.close(step);
            case FINISH -> plan.finish();
            case OTHER_TOOL -> {
                if (!allowance.correct()) {
                    return outOfCorrections();
                }
                plan.retry(step);
            }
            case REVISE_PLAN -> {
                return want(new Correction(step, numbers.reviews(step)));
            }
        }
        return Optional.empty();
    }

    /** Nothing runs: another run takes over, or there is a new plan to make, or all is done and the whole is judged. */
    private Optional<TaskOutcome> settle() {
        if (task.gate().continues()) {
            continueAsNew();
        }
        task.people().forgetAll();
        if (wanted != null) {
            if (wanted.asksForOtherGoal()) {
                interpret();
            }
            makePlan(wanted);
            wanted = null;
            return Optional.empty();
        }
        Verdict verdict = assessment.judge(plan.version());
        if (verdict.met()) {
            return Optional.of(new TaskOutcome.Succeeded(verdict.answer()));
        }
        return verdict.recoverable()
                ? want(new Correction(null, assessment.verdicts()))
                : failed(TaskReason.CRITERIA_UNMET, verdict.answer());
    }

    /** Of several steps that ask for a new plan at once the first is heard; the others are open in it again. */
    private Optional<TaskOutcome> want(Correction correction) {
        if (wanted == null) {
            if (!allowance.correct()) {
                return outOfCorrections();
            }
            wanted = correction;
        }
        return Optional.empty();
    }

    private void interpret() {
        task.gate().awaitModel();
        task.spending()
                .answered(task.outbox()
                        .deliverFor(events -> reasoning.interpretGoal(
                                new InterpretRequest(start.taskId(), start.traceId(), events))));
    }

    private void makePlan(@Nullable Correction correction) {
        task.gate().awaitModel();
        PlanOutline next = task.outbox()
                .deliverFor(events -> reasoning.makePlan(new PlanRequest(
                        start.taskId(), plan.version() + 1, correction, plan.closed(), start.traceId(), events)));
        task.spending().answered(next.spent());
        numbers.learn(next.steps());
        parked.clear();
        plan.replace(next);
    }

    /** Never returns. What is still in the outbox is recorded first, so that no event depends on the next run. */
    private void continueAsNew() {
        task.recorder().flush();
        task.steering().settle();
        var work = new TaskProgress.Work(
                List.copyOf(parked.values()),
                numbers.progress(plan.open()),
                wanted,
                assessment.verdicts(),
                guard.progress());
        var progress = new TaskProgress(
                plan.progress(),
                work,
                task.spending().progress(allowance.stepsTaken(), allowance.correctionsMade()),
                sandbox.progress(),
                task.steering().progress(task.standing().changes()));
        Workflow.newContinueAsNewStub(TaskWorkflow.class).run(start.continuedFrom(progress));
    }

    private Optional<TaskOutcome> outOfCorrections() {
        return failed(
                TaskReason.STUCK,
                "The success criteria are not met after %d corrections, which is the limit of this task."
                        .formatted(start.limits().maxCorrections()));
    }

    private static Optional<TaskOutcome> failed(TaskReason reason, String message) {
        return Optional.of(new TaskOutcome.Failed(reason, message));
    }
}
