package dev.titan.store.fork;

import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.Plan;
import dev.titan.contracts.plan.Step;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.review.Decision;
import dev.titan.contracts.task.Inheritance;
import dev.titan.contracts.task.ReviewMode;
import dev.titan.store.fork.Moment.Ended;
import dev.titan.store.task.TaskRow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads off a task's events when its steps were done. A step is done when it has ended and its review, where one is wanted,
 * lets the plan go on or says that the goal is reached.
 */
final class StepHistory {

    private final TaskRow task;
    private final List<Told> events;

    /** @param events those about plans, ends of steps and reviews, in order */
    StepHistory(TaskRow task, List<Told> events) {
        this.task = task;
        this.events = List.copyOf(events);
    }

    /**
     * One of the events.
     *
     * @param seq its place in the log
     * @param step the step it is about, or absent
     * @param event what happened
     */
    record Told(long seq, @Nullable StepId step, TaskEvent event) {}

    /** Returns the moment at which a step was done, the last one of several; empty when it was not, or not in this task. */
    Optional<Moment> after(StepId step) {
        Reading reading = new Reading();
        Moment found = null;
        for (Told told : events) {
            if (reading.ends(told).filter(step::equals).isPresent()) {
                found = reading.moment(told.seq());
            }
        }
        return Optional.ofNullable(found);
    }

    /** Returns the moment after everything. */
    Moment now() {
        Reading reading = new Reading();
        events.forEach(reading::ends);
        return reading.moment(Long.MAX_VALUE);
    }

    private final class Reading {

        private final Map<StepId, Ended> closed = new LinkedHashMap<>();
        private final Map<StepId, Ended> inReview = new HashMap<>();
        private final Set<StepId> finishing = new HashSet<>();
        private int planVersion;
        private boolean finished;
        private @Nullable StepId last;

        Moment moment(long seq) {
            return new Moment(seq, planVersion, closed, finished, last);
        }

        /** Reads an event and returns the step that is done with it. */
        Optional<StepId> ends(Told told) {
            StepId step = told.step();
            if (told.event() instanceof TaskEvent.PlanGenerated(Plan plan)) {
                planned(plan);
            } else if (told.event() instanceof TaskEvent.CorrectionApplied correction) {
                planned(correction.plan());
            } else if (step != null && told.event() instanceof TaskEvent.StepCompleted completed) {
                return completed(step, completed);
            } else if (step != null && told.event() instanceof TaskEvent.ReviewCompleted(var review)) {
                return reviewed(step, review.decision());
            }
            return Optional.empty();
        }

        /** A step that was to be the last is not kept by a plan that is made all the same. */
        private void planned(Plan plan) {
            closed.keySet().removeAll(finishing);
            finishing.clear();
            finished = false;
            Inheritance inherited = task.inheritance();
            if (planVersion == 0 && inherited != null && plan.version() == inherited.planVersion()) {
                inherit(inherited, plan);
            }
            planVersion = plan.version();
        }

        private void inherit(Inheritance inherited, Plan plan) {
            Map<StepId, Ended> steps = plan.steps().stream()
                    .collect(Collectors.toMap(
                            Step::id, step -> new Ended(step.status(), 1, step.result(), step.error())));
            Ended unknown = new Ended(StepStatus.SUCCEEDED, 1, null, null);
            inherited.closed().forEach(step -> closed.put(step, steps.getOrDefault(step, unknown)));
            finished = inherited.finished();
            last = inherited.from().step();
        }

        private Optional<StepId> completed(StepId step, TaskEvent.StepCompleted completed) {
            Ended ended = new Ended(completed.status(), completed.attempt(), completed.result(), completed.error());
            if (isReviewed(completed.status())) {
                inReview.put(step, ended);
                return Optional.empty();
            }
            return close(step, ended);
        }

        private boolean isReviewed(StepStatus status) {
            return switch (task.request().terms().review()) {
                case ReviewMode.EVERY_STEP -> true;
                case ReviewMode.ON_ERROR -> status != StepStatus.SUCCEEDED;
                case ReviewMode.OFF -> false;
            };
        }

        private Optional<StepId> reviewed(StepId step, Decision decision) {
            Ended ended = inReview.remove(step);
            if (ended == null) {
                return Optional.empty();
            }
            return switch (decision) {
                case CONTINUE -> close(step, ended);
                case FINISH -> {
                    finished = true;
                    finishing.add(step);
                    yield close(step, ended);
                }
                case REVISE_PLAN, OTHER_TOOL -> Optional.empty();
            };
        }

        private Optional<StepId> close(StepId step, Ended ended) {
            closed.put(step, ended);
            last = step;
            return Optional.of(step);
        }
    }
}
