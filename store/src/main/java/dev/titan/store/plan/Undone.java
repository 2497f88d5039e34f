package dev.titan.store.plan;

import static java.util.Objects.requireNonNull;

import dev.titan.contracts.plan.Step;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.task.TaskStatus;
import dev.titan.store.task.TaskRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says of the steps of one plan that are not done what follows from others, and from the end of the task. */
final class Undone {

    /** Of what failed or was said at the end: enough to recognise it; the whole is with the step and the task. */
    private static final int QUOTE_CHARS_MAX = 200;

    private static final String WITHOUT = "The task succeeded without it.";

    private final TaskRow task;
    private final Set<StepId> passed;
    private final Map<StepId, Step> steps;
    private final Map<StepId, Optional<String>> obstacles = new HashMap<>();

    /** @param passed steps that have failed and whose review lets the plan go on all the same */
    private Undone(TaskRow task, List<Step> steps, Set<StepId> passed) {
        this.task = task;
        this.passed = passed;
        this.steps = steps.stream().map(this::interrupted).collect(Collectors.toMap(Step::id, Function.identity()));
    }

    /** Returns the steps in their order, those that are not done with the reason. */
    static List<Step> explained(TaskRow task, List<Step> steps, Set<StepId> passed) {
        Undone undone = new Undone(task, steps, passed);
        return steps.stream().map(step -> undone.explained(step.id())).toList();
    }

    private Step interrupted(Step step) {
        if (!task.ended() || step.status() != StepStatus.RUNNING) {
            return step;
        }
        return task.status() == TaskStatus.SUCCEEDED
                ? step.at(StepStatus.SKIPPED, step.result(), null, WITHOUT)
                : step.at(
                        StepStatus.FAILED,
                        step.result(),
                        "The task ended while it ran%s".formatted(because(task.message())),
                        null);
    }

    private Step explained(StepId id) {
        Step step = step(id);
        if (step.status() != StepStatus.PENDING) {
            return step;
        }
        Optional<String> obstacle = obstacle(step);
        if (obstacle.isPresent()) {
            return step.at(StepStatus.BLOCKED, null, null, "It depends on step " + obstacle.get());
        }
        return task.ended() ? step.at(StepStatus.SKIPPED, null, null, leftByTheTask()) : step;
    }

    private String leftByTheTask() {
        return task.status() == TaskStatus.SUCCEEDED
                ? WITHOUT
                : "The task ended before it%s".formatted(because(task.message()));
    }

    /** Returns the first step on the way to this one that is in its way, and why. */
    private Optional<String> obstacle(Step step) {
        Optional<String> known = obstacles.get(step.id());
        if (known == null) {
            known = step.dependsOn().stream()
                    .map(dependency -> inTheWay(step(dependency)))
                    .flatMap(Optional::stream)
                    .findFirst();
            obstacles.put(step.id(), known);
        }
        return known;
    }

    private Optional<String> inTheWay(Step step) {
        return switch (step.status()) {
            case FAILED ->
                passed.contains(step.id())
                        ? Optional.empty()
                        : Optional.of("%s, which has failed%s".formatted(step.id(), because(step.error())));
            case SKIPPED -> Optional.of("%s, which was skipped%s".formatted(step.id(), because(step.reason())));
            case PENDING, BLOCKED -> obstacle(step);
            case RUNNING, SUCCEEDED -> Optional.empty();
        };
    }

    private Step step(StepId id) {
        return requireNonNull(steps.get(id), "a plan knows every dependency it names");
    }

    private static String because(@Nullable String words) {
        if (words == null || words.isBlank()) {
            return ".";
        }
        String line = words.strip().replaceAll("\\s+", " ");
        return ": " + (line.length() <= QUOTE_CHARS_MAX ? line : line.substring(0, QUOTE_CHARS_MAX - 1) + "…");
    }
}
