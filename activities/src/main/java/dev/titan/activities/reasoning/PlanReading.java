package dev.titan.activities.reasoning;

import dev.titan.activities.tool.ArgumentReader;
import dev.titan.activities.tool.ReadArguments;
import dev.titan.activities.tool.ToolRegistry;
import dev.titan.contracts.plan.Plan;
import dev.titan.contracts.plan.PlannedCall;
import dev.titan.contracts.plan.Step;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.tool.Tool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a planner's reply into a plan: ids, dependencies and the arguments of planned calls are checked here, so that a
 * plan that is stored can be run.
 */
final class PlanReading {

    /** Keeps the outline of a plan below the 16 KB a payload may have. */
    private static final int STEPS_MAX = 50;

    /** See {@link #STEPS_MAX}. */
    private static final int DEPENDENCIES_MAX = 100;

    private final int version;
    private final List<Step> kept;
    private final ToolRegistry tools;

    PlanReading(int version, List<Step> kept, ToolRegistry tools) {
        this.version = version;
        this.kept = kept;
        this.tools = tools;
    }

    Reading<Plan> read(String text) {
        return switch (Replies.read(Replies.Planning.class, text)) {
            case Reading.Usable<Replies.Planning>(var reply) -> plan(reply);
            case Reading.Unusable<Replies.Planning>(var reason) -> new Reading.Unusable<>(reason);
        };
    }

    private Reading<Plan> plan(Replies.Planning reply) {
        List<String> problems = new ArrayList<>();
        List<Step> steps = new ArrayList<>(kept);
        for (int i = 0; i < reply.steps().size(); i++) {
            Replies.PlannedStep planned = reply.steps().get(i);
            Optional<Step> done = kept(planned);
            if (done.isPresent()) {
                if (!done.get().description().equals(planned.description())) {
                    problems.add("step %s: is done already; give a new step a new id".formatted(planned.id()));
                }
                continue; // repeated word for word although it is done: harmless
            }
            try {
                steps.add(step(planned, problems));
            } catch (IllegalArgumentException | NullPointerException e) {
                problems.add("steps[%d]: %s".formatted(i, e.getMessage()));
            }
        }
        List<Step> fresh = steps.subList(kept.size(), steps.size());
        int dependencies =
                fresh.stream().mapToInt(step -> step.dependsOn().size()).sum();
        if (fresh.size() > STEPS_MAX || dependencies > DEPENDENCIES_MAX) {
            problems.add("steps: at most %d steps with %d dependencies in all".formatted(STEPS_MAX, DEPENDENCIES_MAX));
        }
        if (!problems.isEmpty()) {
            return new Reading.Unusable<>(String.join("\n", problems));
        }
        if (steps.size() == kept.size()) {
            return new Reading.Unusable<>("steps: there is no step that is not done already");
        }
        try {
            return new Reading.Usable<>(new Plan(version, reply.reasoning(), steps));
        } catch (IllegalArgumentException e) {
            return new Reading.Unusable<>("steps: " + e.getMessage());
        }
    }

    private Optional<Step> kept(Replies.PlannedStep planned) {
        return kept.stream()
                .filter(step -> step.id().value().equals(planned.id()))
                .findFirst();
    }

    private Step step(Replies.PlannedStep planned, List<String> problems) {
        StepId id = new StepId(planned.id());
        return new Step(
                id,
                planned.description(),
                listed(planned.dependsOn()).stream().map(StepId::new).toList(),
                planned.tool(),
                call(planned, problems),
                listed(planned.successCriteria()),
                planned.expectedOutput(),
                StepStatus.PENDING,
                null,
                null);
    }

    private @Nullable PlannedCall call(Replies.PlannedStep planned, List<String> problems) {
        String name = planned.tool();
        if (name == null || name.isBlank()) {
            return null;
        }
        Optional<Tool<?>> tool = tools.find(name);
        if (tool.isEmpty()) {
            problems.add("step %s: there is no tool '%s'; the tools are %s"
                    .formatted(planned.id(), name, String.join(", ", tools.names())));
            return null;
        }
        Map<String, Object> given = planned.arguments();
        if (given == null) {
            return null;
        }
        Map<String, Object> arguments = new HashMap<>(given);
        arguments.values().removeIf(Objects::isNull); // null is how some models leave an argument out
        return switch (ArgumentReader.read(tool.get().argumentsType(), arguments)) {
            case ReadArguments.Fitting<?> _ -> new PlannedCall(name, arguments);
            case ReadArguments.Unfitting<?> unfitting -> {
                problems.add("step %s, arguments of %s: %s".formatted(planned.id(), name, unfitting.reason()));
                yield null;
            }
        };
    }

    private static List<String> listed(@Nullable List<String> list) {
        return list == null ? List.of() : list;
    }
}
