package dev.titan.cli;

import dev.titan.contracts.chat.ReasoningActivity;
import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.Plan;
import dev.titan.contracts.plan.Step;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The plan and its steps as lines; remembers where each step is. */
final class StepLines {

    private static final int DESCRIPTION_CHARS_MAX = 160;

    private final Map<StepId, String> descriptions = new LinkedHashMap<>();
    private final Map<StepId, StepStatus> states = new HashMap<>();
    private final Map<StepId, Instant> begins = new HashMap<>();
    private int checksTurn;

    List<Line> plan(String title, Plan plan) {
        List<Line> lines = new ArrayList<>(List.of(Line.EMPTY, new Line(0, "", title, Style.BOLD)));
        Map<StepId, String> before = new LinkedHashMap<>(descriptions);
        descriptions.clear();
        for (Step step : plan.steps()) {
            descriptions.put(step.id(), step.description());
            states.merge(step.id(), step.status(), StepLines::later);
            lines.add(planned(step));
        }
        before.keySet().removeAll(descriptions.keySet());
        before.keySet().removeIf(step -> isOver(states.getOrDefault(step, StepStatus.PENDING)));
        before.forEach((step, description) ->
                lines.add(new Line(2, "–", "%s  %s  (left out)".formatted(step, shortened(description)), Style.DIM)));
        return lines;
    }

    private static boolean isOver(StepStatus status) {
        return switch (status) {
            case SUCCEEDED, FAILED -> true;
            case PENDING, RUNNING, BLOCKED, SKIPPED -> false;
        };
    }

    List<Line> started(EventEnvelope event, TaskEvent.StepStarted started) {
        StepId step = step(event);
        states.put(step, StepStatus.RUNNING);
        begins.put(step, event.timestamp());
        String again = started.attempt() > 1 ? " (again, another way)" : "";
        return header(numbered(step) + again);
    }

    List<Line> completed(EventEnvelope event, TaskEvent.StepCompleted completed) {
        StepId step = step(event);
        states.put(step, completed.status());
        Instant begin = begins.getOrDefault(step, event.timestamp());
        String took = Amounts.seconds(Duration.between(begin, event.timestamp()));
        String error = completed.error() == null ? "" : ": " + shortened(completed.error());
        return List.of(
                switch (completed.status()) {
                    case SUCCEEDED -> new Line(2, "✓", "done · " + took, Style.GREEN);
                    case FAILED -> new Line(2, "✗", "failed%s · %s".formatted(error, took), Style.RED);
                    case SKIPPED -> new Line(2, "–", "skipped", Style.DIM);
                    case PENDING, RUNNING, BLOCKED ->
                        new Line(2, "●", completed.status().wire(), Style.PLAIN);
                });
    }

    /** Returns what stands above a call that belongs to no step of the plan: the checks of the user's criteria. */
    List<Line> before(EventEnvelope event) {
        Integer turn = event.turn();
        if (!ReasoningActivity.VERIFY.equals(event.stepId()) || turn == null || turn == checksTurn) {
            return List.of();
        }
        checksTurn = turn;
        return header("Check the success criteria");
    }

    private Line planned(Step step) {
        String after = step.dependsOn().isEmpty()
                ? ""
                : "  (after %s)"
                        .formatted(String.join(
                                ", ",
                                step.dependsOn().stream().map(StepId::value).toList()));
        String text = "%s  %s%s".formatted(step.id(), shortened(step.description()), after);
        return switch (states.getOrDefault(step.id(), step.status())) {
            case SUCCEEDED -> new Line(2, "✓", text, Style.GREEN);
            case FAILED -> new Line(2, "✗", text, Style.RED);
            case RUNNING -> new Line(2, "●", text, Style.PLAIN);
            case PENDING -> new Line(2, "○", text, Style.PLAIN);
            case BLOCKED -> new Line(2, "⊘", text, Style.YELLOW);
            case SKIPPED -> new Line(2, "–", text, Style.DIM);
        };
    }

    private String numbered(StepId step) {
        String description = shortened(descriptions.getOrDefault(step, step.value()));
        int place = List.copyOf(descriptions.keySet()).indexOf(step);
        return place < 0 ? description : "%d/%d  %s".formatted(place + 1, descriptions.size(), description);
    }

    /** A step that a plan lists as pending may have been worked on: what was seen says more. */
    private static StepStatus later(StepStatus seen, StepStatus listed) {
        return listed == StepStatus.PENDING && seen != StepStatus.SUCCEEDED ? StepStatus.PENDING : seen;
    }

    private static List<Line> header(String text) {
        return List.of(Line.EMPTY, new Line(0, "●", text, Style.BOLD));
    }

    private static StepId step(EventEnvelope event) {
        StepId step = event.stepId();
        return step == null ? new StepId("step") : step;
    }

    private static String shortened(String text) {
        return Line.shortened(text.strip().replace('\n', ' '), DESCRIPTION_CHARS_MAX);
    }
}
