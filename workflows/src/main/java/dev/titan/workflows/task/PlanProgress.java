package dev.titan.workflows.task;

import dev.titan.contracts.plan.PlanOutline;
import dev.titan.contracts.plan.PlanOutline.StepOutline;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.task.TaskProgress;
import dev.titan.contracts.task.TaskStart;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Which steps of the plan are open, and which of them can begin: dependencies first. */
final class PlanProgress {

    private final Set<StepId> closed = new LinkedHashSet<>();
    private final Map<StepId, Integer> attempts = new HashMap<>();
    private PlanOutline outline = new PlanOutline(0, List.of(), null);
    private boolean finished;

    PlanProgress(TaskStart start) {
        TaskProgress progress = start.progress();
        if (progress != null) {
            closed.addAll(progress.plan().closed());
            attempts.putAll(progress.plan().attempts());
            outline = progress.plan().outline();
            finished = progress.plan().finished();
        }
    }

    /** A new version of the plan: closed steps stay closed, every other step begins anew. */
    void replace(PlanOutline next) {
        outline = next;
        finished = false;
        attempts.clear();
    }

    int version() {
        return outline.version();
    }

    /** Returns the open steps that are not running and whose dependencies are closed, in the order of the plan. */
    List<StepOutline> ready(Predicate<StepId> isRunning) {
        return finished
                ? List.of()
                : open().stream()
                        .filter(step -> !isRunning.test(step.id()))
                        .filter(step -> closed.containsAll(step.dependsOn()))
                        .toList();
    }

    List<StepOutline> open() {
        return outline.steps().stream()
                .filter(step -> !closed.contains(step.id()))
                .toList();
    }

    /** Returns how many steps are open besides the current one. */
    int remaining() {
        return Math.max(0, open().size() - 1);
    }

    int attemptOf(StepId step) {
        return attempts.getOrDefault(step, 1);
    }

    void close(StepId step) {
        closed.add(step);
    }

    void retry(StepId step) {
        attempts.merge(step, 2, (before, _) -> before + 1);
    }

    /** No further step of this version is run. */
    void finish() {
        finished = true;
    }

    List<StepId> closed() {
        return List.copyOf(closed);
    }

    TaskProgress.Plan progress() {
        return new TaskProgress.Plan(new PlanOutline(version(), open(), null), closed(), attempts, finished);
    }
}
