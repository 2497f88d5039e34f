package dev.titan.cli;

import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.Plan;
import dev.titan.contracts.plan.Step;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.review.Decision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns events into lines a person likes to watch. Remembers the plan, so that steps are shown by what they do. */
final class EventRenderer {

    /** Enough of a tool's output to follow it; the whole is in the event log. */
    private static final int OUTPUT_LINES_MAX = 12;

    private static final int ARGUMENT_CHARS_MAX = 100;
    private static final int REPEATED_STEP_WORDS = 100;

    private final Map<StepId, String> descriptions = new HashMap<>();
    private int outputLines;

    /** Returns whether no event follows this one. */
    static boolean isLast(TaskEvent event) {
        return event instanceof TaskEvent.Completed || event instanceof TaskEvent.Failed;
    }

    List<Line> lines(EventEnvelope event) {
        return switch (event.data()) {
            case TaskEvent.TaskQueued _, TaskEvent.TaskStarted _, TaskEvent.UsageRecorded _, TaskEvent.ModelDelta _ ->
                List.of();
            case TaskEvent.PlanGenerated generated -> plan("Plan", generated.plan());
            case TaskEvent.CorrectionApplied correction -> {
                List<Line> lines = new ArrayList<>();
                lines.add(new Line(
                        0, "↻", "Correction %d: %s".formatted(correction.number(), correction.why()), Style.YELLOW));
                lines.addAll(plan("Plan, version " + correction.plan().version(), correction.plan()));
                yield lines;
            }
            case TaskEvent.StepStarted started -> {
                outputLines = 0;
                yield List.of(
                        Line.of(""),
                        new Line(
                                0,
                                "●",
                                step(event.stepId()) + (started.attempt() > 1 ? " (again, another way)" : ""),
                                Style.BOLD));
            }
            case TaskEvent.StepCompleted completed ->
                List.of(
                        completed.status() == StepStatus.SUCCEEDED
                                ? new Line(2, "✓", "done", Style.GREEN)
                                : new Line(
                                        2,
                                        "✗",
                                        completed.error() == null
                                                ? completed.status().wire()
                                                : shortened(completed.error(), ARGUMENT_CHARS_MAX),
                                        Style.RED));
            case TaskEvent.ToolCalled called -> {
                outputLines = 0;
                yield List.of(call(called));
            }
            case TaskEvent.ToolOutput output -> output(output.text());
            case TaskEvent.ToolCompleted completed -> completed(completed);
            case TaskEvent.ReviewCompleted reviewed ->
                reviewed.review().decision() == Decision.CONTINUE
                        ? List.of()
                        : List.of(new Line(
                                2,
                                "»",
                                "review: %s %s"
                                        .formatted(
                                                reviewed.review()
                                                        .decision()
                                                        .wire()
                                                        .replace('_', ' '),
                                                String.join(
                                                        "; ",
                                                        reviewed.review()
                                                                .critique()
                                                                .issues())),
                                Style.YELLOW));
            case TaskEvent.ArtifactCreated created ->
                List.of(new Line(
                        2,
                        "+",
                        "%s  %s"
                                .formatted(
                                        created.artifact().name(),
                                        Screen.bytes(created.artifact().sizeBytes())),
                        Style.CYAN));
            case TaskEvent.SandboxCreated created ->
                List.of(new Line(
                        0,
                        "▣",
                        "Sandbox ready (%s, isolation %s)".formatted(created.provider(), created.isolation()),
                        Style.DIM));
            case TaskEvent.SandboxLost lost -> List.of(new Line(0, "✗", "Sandbox lost: " + lost.reason(), Style.RED));
            case TaskEvent.SandboxRestored _ -> List.of(new Line(0, "▣", "Sandbox restored", Style.DIM));
            case TaskEvent.MessageReceived message -> List.of(new Line(0, "›", "You: " + message.text(), Style.CYAN));
            case TaskEvent.ApprovalRequested approval ->
                List.of(new Line(0, "?", "Waiting for approval of " + approval.tool(), Style.YELLOW));
            case TaskEvent.ApprovalDecided decided ->
                List.of(new Line(0, "›", "Approval: " + decided.decision(), Style.CYAN));
            case TaskEvent.Paused paused ->
                List.of(new Line(0, "‖", "Paused: " + paused.reason().wire(), Style.YELLOW));
            case TaskEvent.Resumed _ -> List.of(new Line(0, "▶", "Resumed", Style.PLAIN));
            case TaskEvent.BudgetReached reached ->
                List.of(new Line(0, "‖", "Budget reached: " + reached.budget(), Style.YELLOW));
            case TaskEvent.ContextSummarized _ -> List.of(new Line(0, "…", "History summarised", Style.DIM));
            case TaskEvent.FileAccessed access ->
                access.allowed()
                        ? List.of()
                        : List.of(new Line(
                                4, "!", "%s of %s refused".formatted(access.operation(), access.path()), Style.YELLOW));
            case TaskEvent.Completed completed ->
                List.of(Line.of(""), new Line(0, "✓", "Succeeded. " + completed.answer(), Style.GREEN));
            case TaskEvent.Failed failed ->
                List.of(
                        Line.of(""),
                        switch (failed.reason()) {
                            case USER -> new Line(0, "■", failed.message(), Style.YELLOW);
                            default ->
                                new Line(
                                        0,
                                        "✗",
                                        "Failed (%s). %s"
                                                .formatted(failed.reason().wire(), failed.message()),
                                        Style.RED);
                        });
        };
    }

    private List<Line> plan(String title, Plan plan) {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(""));
        lines.add(new Line(0, "", title, Style.BOLD));
        for (Step step : plan.steps()) {
            descriptions.put(step.id(), step.description());
            boolean done = step.status() == StepStatus.SUCCEEDED;
            String after = step.dependsOn().isEmpty()
                    ? ""
                    : "  (after %s)"
                            .formatted(String.join(
                                    ", ",
                                    step.dependsOn().stream().map(StepId::value).toList()));
            lines.add(new Line(
                    2,
                    done ? "✓" : "○",
                    step.id() + "  " + step.description() + after,
                    done ? Style.DIM : Style.PLAIN));
        }
        return lines;
    }

    private String step(@Nullable StepId id) {
        return id == null ? "step" : shortened(descriptions.getOrDefault(id, id.value()), REPEATED_STEP_WORDS);
    }

    private static Line call(TaskEvent.ToolCalled called) {
        Object command = called.arguments().get("command");
        if (called.tool().equals("shell") && command != null) {
            return new Line(2, "$", shortened(command.toString(), ARGUMENT_CHARS_MAX), Style.CYAN);
        }
        Object path = called.arguments().get("path");
        return new Line(
                2,
                "→",
                called.tool() + (path == null ? "" : " " + shortened(path.toString(), ARGUMENT_CHARS_MAX)),
                Style.CYAN);
    }

    private List<Line> output(String text) {
        List<Line> lines = new ArrayList<>();
        for (String line : text.strip().split("\n", -1)) {
            outputLines++;
            if (outputLines <= OUTPUT_LINES_MAX) {
                lines.add(new Line(4, "", shortened(line, 2 * ARGUMENT_CHARS_MAX), Style.DIM));
            } else if (outputLines == OUTPUT_LINES_MAX + 1) {
                lines.add(new Line(4, "…", "more in the event log", Style.DIM));
            }
        }
        return lines;
    }

    private static List<Line> completed(TaskEvent.ToolCompleted completed) {
        String took = Screen.seconds(completed.took());
        return completed.failure() == null
                ? List.of(new Line(4, "", took, Style.DIM))
                : List.of(new Line(
                        4, "✗", "%s after %s".formatted(completed.failure().replace('_', ' '), took), Style.YELLOW));
    }

    private static String shortened(String text, int charsMax) {
        String line = text.strip().replace('\n', ' ');
        return line.length() <= charsMax ? line : line.substring(0, charsMax - 1) + "…";
    }
}
