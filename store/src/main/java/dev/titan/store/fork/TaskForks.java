package dev.titan.store.fork;

import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.Plan;
import dev.titan.contracts.plan.Step;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.steering.Command;
import dev.titan.contracts.steering.CommandId;
import dev.titan.contracts.task.ForkOrigin;
import dev.titan.contracts.task.Inheritance;
import dev.titan.contracts.task.Replan;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskReason;
import dev.titan.contracts.task.TaskStatus;
import dev.titan.store.event.EventLog;
import dev.titan.store.fork.Forked.Refused;
import dev.titan.store.fork.Forked.Why;
import dev.titan.store.fork.Moment.Ended;
import dev.titan.store.plan.PlanRepository;
import dev.titan.store.steering.CommandRepository;
import dev.titan.store.task.Accepted;
import dev.titan.store.task.NewTask;
import dev.titan.store.task.TaskRepository;
import dev.titan.store.task.TaskRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Accepts tasks that go on from another one. Everything the new task takes over is copied under its own id in the
 * transaction that accepts it, so neither task can change the other; blobs are shared, and kept while a checkpoint of
 * either names them. Thread-safe.
 */
public final class TaskForks {

    private final TransactionTemplate transaction;
    private final TaskRepository tasks;
    private final EventLog events;
    private final PlanRepository plans;
    private final CommandRepository commands;
    private final ForkRows rows;

    public TaskForks(JdbcClient jdbc, TransactionTemplate transaction, TaskRepository tasks, EventLog events) {
        this.transaction = transaction;
        this.tasks = tasks;
        this.events = events;
        this.plans = new PlanRepository(jdbc);
        this.commands = new CommandRepository(jdbc);
        this.rows = new ForkRows(jdbc);
    }

    /** Accepts the task, finds what its idempotency key was used for, or says why it cannot be. */
    public Forked accept(Fork fork) {
        return transaction.execute(status -> {
            Optional<Accepted> earlier = tasks.earlier(fork.task());
            return earlier.isPresent() ? new Forked.Made(earlier.get()) : begin(fork);
        });
    }

    private Forked begin(Fork fork) {
        TaskRow from = rows.keep(fork.from())
                .flatMap(tasks::find)
                .orElseThrow(() -> new IllegalArgumentException("no such task: " + fork.from()));
        return switch (fork.point()) {
            case ForkPoint.After(StepId step) -> after(fork, from, step);
            case ForkPoint.AfterNumber(int number) -> afterNumber(fork, from, number);
            case ForkPoint.WhatIsDone() -> whatIsDone(fork, from);
        };
    }

    private Forked afterNumber(Fork fork, TaskRow from, int number) {
        List<Step> steps = plans.latest(from.id()).map(Plan::steps).orElse(List.of());
        return number > steps.size()
                ? new Refused(
                        Why.STEP_UNKNOWN,
                        steps.isEmpty()
                                ? "is none: the task has no plan yet"
                                : "is none: the plan has %d steps".formatted(steps.size()))
                : after(fork, from, steps.get(number - 1).id());
    }

    /** What was done before a fork was done in the task before it, or in one before that. */
    private Forked after(Fork fork, TaskRow from, StepId step) {
        Optional<TaskRow> holder = Optional.of(from);
        while (holder.isPresent()) {
            TaskRow task = holder.get();
            Optional<Moment> moment = history(task).after(step);
            if (moment.isPresent()) {
                return make(fork, new ForkOrigin(from.id(), step), task, moment.get());
            }
            Inheritance inherited = task.inheritance();
            if (inherited == null || !inherited.closed().contains(step)) {
                return notDone(from, step);
            }
            holder = rows.keep(inherited.from().task()).flatMap(tasks::find);
        }
        return new Refused(Why.FILES_GONE, "was done in a task that is not kept any more");
    }

    private Refused notDone(TaskRow from, StepId step) {
        String done = history(from).now().closed().keySet().stream()
                .map(StepId::value)
                .collect(Collectors.joining(", "));
        String available = done.isEmpty() ? "no step is done yet" : "steps that are done: " + done;
        boolean planned = plans.latest(from.id()).stream()
                .flatMap(plan -> plan.steps().stream())
                .anyMatch(known -> known.id().equals(step));
        return planned
                ? new Refused(Why.STEP_NOT_DONE, "is not done; " + available)
                : new Refused(Why.STEP_UNKNOWN, "is no step of the task's plan; " + available);
    }

    private Forked whatIsDone(Fork fork, TaskRow from) {
        if (from.status() != TaskStatus.FAILED && from.status() != TaskStatus.CANCELLED) {
            return new Refused(
                    Why.NOT_FAILED,
                    "is %s; only a task that has failed or was cancelled can be tried again"
                            .formatted(from.status().wire()));
        }
        Moment now = history(from).now().withoutFailedEnd();
        return make(fork, new ForkOrigin(from.id(), now.last()), from, now);
    }

    /** Whether all was done and not enough: then another plan is needed, not another look at the same result. */
    private boolean isUnmet(Fork fork, TaskRow from, Moment moment, State state) {
        boolean unmet = from.reason() == TaskReason.CRITERIA_UNMET || from.reason() == TaskReason.STUCK;
        return fork.point() instanceof ForkPoint.WhatIsDone
                && unmet
                && state.verdicts() > 0
                && (moment.finished()
                        || plans.find(from.id(), moment.planVersion()).stream()
                                .flatMap(plan -> plan.steps().stream())
                                .allMatch(step -> moment.closed().containsKey(step.id())));
    }

    private StepHistory history(TaskRow task) {
        return new StepHistory(task, rows.told(task.id()));
    }

    private Forked make(Fork fork, ForkOrigin origin, TaskRow holder, Moment moment) {
        State state = rows.state(holder, moment);
        if (rows.isBeyondCheckpoints(holder.id(), state)) {
            return new Refused(
                    Why.FILES_GONE,
                    "left a workspace too large for a checkpoint, so its files are not stored; an earlier step may do");
        }
        boolean saysSomething = fork.message() != null;
        Replan replan = fork.otherGoal() && moment.planVersion() > 0
                ? Replan.OTHER_GOAL
                : isUnmet(fork, holder, moment, state) ? Replan.VERDICT : null;
        NewTask task = fork.task()
                .inheriting(new Inheritance(
                        origin,
                        moment.planVersion(),
                        List.copyOf(moment.closed().keySet()),
                        moment.finished() && replan == null,
                        state.verdicts(),
                        state.messages() + (saysSomething ? 1 : 0),
                        state.checkpoint() != null,
                        replan));
        return new Forked.Made(tasks.accept(task, () -> takeOver(fork, task, holder.id(), state)));
    }

    private void takeOver(Fork fork, NewTask task, TaskId holder, State state) {
        rows.copy(holder, task.id(), state, fork.otherGoal());
        List<PendingEvent> told = new ArrayList<>();
        plans.find(task.id(), state.moment().planVersion())
                .map(plan -> asItWas(plan, state.moment()))
                .map(plan -> event("plan/" + plan.version(), new TaskEvent.PlanGenerated(plan)))
                .ifPresent(told::add);
        if (fork.message() != null) {
            CommandId id = new CommandId("cmd-fork-" + task.id());
            commands.save(task.id(), id, new Command.Say(fork.message()));
            commands.taken(task.id(), id, state.messages() + 1);
            told.add(event("message_received/" + id, new TaskEvent.MessageReceived(fork.message())));
        }
        events.append(task.id(), task.traceId(), told);
        rows.writeSteps(task.id(), state.moment());
    }

    /** What happened to the steps later is not the new task's. */
    private static Plan asItWas(Plan plan, Moment moment) {
        List<Step> steps = plan.steps().stream()
                .map(step -> asItWas(step, moment.closed().get(step.id())))
                .toList();
        return new Plan(plan.version(), plan.reasoning(), steps);
    }

    private static Step asItWas(Step step, @Nullable Ended ended) {
        return new Step(
                step.id(),
                step.description(),
                step.dependsOn(),
                step.tool(),
                step.call(),
                step.successCriteria(),
                step.expectedOutput(),
                ended == null ? StepStatus.PENDING : ended.status(),
                ended == null ? null : ended.result(),
                ended == null ? null : ended.error());
    }

    private static PendingEvent event(String key, TaskEvent data) {
        return new PendingEvent(key, Instant.now(), null, null, data);
    }
}
