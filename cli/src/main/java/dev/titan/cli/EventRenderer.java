package dev.titan.cli;

import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.review.Review;
import dev.titan.contracts.task.ForkOrigin;
import dev.titan.contracts.task.TaskReason;
import java.util.ArrayList;
import java.util.List;

/** Turns events into lines a person likes to watch. Pure but for what it remembers of the plan and of running calls. */
final class EventRenderer {

    /** A review's issues are sentences; three lines of a terminal hold what matters. */
    private static final int WORDS_CHARS_MAX = 240;

    private final StepLines steps = new StepLines();
    private final CallLines calls = new CallLines();

    List<Line> lines(EventEnvelope event) {
        return switch (event.data()) {
            case TaskEvent.TaskQueued(var goal, var from) -> from == null ? List.of() : origin(from);
            case TaskEvent.TaskStarted _, TaskEvent.UsageRecorded _, TaskEvent.Live _ -> List.of();
            case TaskEvent.PlanGenerated(var plan) -> steps.plan("Plan", plan);
            case TaskEvent.CorrectionApplied correction -> correction(correction);
            case TaskEvent.StepStarted started -> steps.started(event, started);
            case TaskEvent.StepCompleted completed -> steps.completed(event, completed);
            case TaskEvent.ToolCalled called -> called(event, called);
            case TaskEvent.ToolOutput output -> calls.output(event, output);
            case TaskEvent.FileAccessed access -> calls.accessed(event, access);
            case TaskEvent.EgressDecided decided -> network(decided);
            case TaskEvent.ToolCompleted completed -> calls.completed(event, completed);
            case TaskEvent.ReviewCompleted(var review) -> review(review);
            case TaskEvent.SandboxCreated created ->
                one(
                        "▣",
                        "Sandbox ready (%s, isolation %s)".formatted(created.provider(), created.isolation()),
                        Style.DIM);
            case TaskEvent.SandboxLost lost -> one("✗", "Sandbox lost: " + lost.reason(), Style.RED);
            case TaskEvent.SandboxRestored _ -> one("▣", "Sandbox restored", Style.DIM);
            case TaskEvent.MessageReceived(var text) -> one("›", "You: " + text, Style.CYAN);
            case TaskEvent.ApprovalRequested approval ->
                one(
                        "?",
                        "Waiting for approval of %s: ./titan tasks approve|deny %s"
                                .formatted(approval.tool(), approval.approvalId()),
                        Style.YELLOW);
            case TaskEvent.ApprovalDecided decided -> one("›", "Approval: " + decided.decision(), Style.CYAN);
            case TaskEvent.InputRequested asked -> one("?", "Question: " + asked.question(), Style.YELLOW);
            case TaskEvent.Paused(var reason) -> one("‖", "Paused: " + words(reason.wire()), Style.YELLOW);
            case TaskEvent.Resumed _ -> one("▶", "Resumed", Style.PLAIN);
            case TaskEvent.BudgetRaised _ -> one("▶", "Budget raised", Style.PLAIN);
            case TaskEvent.BudgetReached(var budget) -> one("‖", "Budget reached: " + words(budget), Style.YELLOW);
            case TaskEvent.ContextSummarized _ -> one("…", "History summarised", Style.DIM);
            // Artifacts are shown together at the end.
            case TaskEvent.ArtifactCreated _ -> List.of();
            case TaskEvent.Completed(var answer) -> end(new Line(0, "✓", "Succeeded", Style.GREEN), answer);
            case TaskEvent.Failed failed -> failed(failed);
        };
    }

    private static List<Line> origin(ForkOrigin from) {
        String after = from.step() == null ? "" : ", after step " + from.step();
        return one("⑂", "Goes on from %s%s".formatted(from.task(), after), Style.DIM);
    }

    private List<Line> correction(TaskEvent.CorrectionApplied correction) {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.EMPTY);
        lines.add(new Line(
                0, "↻", "Correction %d: %s".formatted(correction.number(), shortened(correction.why())), Style.YELLOW));
        lines.addAll(steps.plan("Plan, version " + correction.plan().version(), correction.plan()));
        return lines;
    }

    private List<Line> called(EventEnvelope event, TaskEvent.ToolCalled called) {
        List<Line> lines = new ArrayList<>(steps.before(event));
        lines.addAll(calls.called(event, called));
        return lines;
    }

    /** What was allowed is worth a glance; bytes that follow later are in the event log. */
    private static List<Line> network(TaskEvent.EgressDecided decided) {
        String times = decided.times() > 1 ? ", %,d times".formatted(decided.times()) : "";
        String where = decided.port() == 0 ? decided.host() : decided.host() + ":" + decided.port();
        if (!decided.allowed()) {
            return List.of(new Line(
                    2,
                    "✗",
                    shortened("network: %s refused (%s)%s".formatted(where, words(decided.reason()), times)),
                    Style.YELLOW));
        }
        String bytes = "%s up, %s down".formatted(Amounts.bytes(decided.bytesUp()), Amounts.bytes(decided.bytesDown()));
        return decided.times() == 0
                ? List.of()
                : List.of(new Line(2, "⇄", shortened("network: %s  %s%s".formatted(where, bytes, times)), Style.DIM));
    }

    private static List<Line> review(Review review) {
        String issues = String.join(" ", review.critique().issues());
        String decision = words(review.decision().wire());
        return switch (review.decision()) {
            case CONTINUE -> List.of();
            case FINISH ->
                review.critique().onTrack()
                        ? List.of()
                        : List.of(new Line(2, "»", "review: " + shortened(decision + ". " + issues), Style.YELLOW));
            case REVISE_PLAN, OTHER_TOOL ->
                List.of(new Line(2, "»", "review: " + shortened(decision + ". " + issues), Style.YELLOW));
        };
    }

    private static List<Line> failed(TaskEvent.Failed failed) {
        return failed.reason() == TaskReason.USER
                ? end(new Line(0, "■", "Cancelled", Style.YELLOW), failed.message())
                : end(new Line(0, "✗", "Failed: " + words(failed.reason().wire()), Style.RED), failed.message());
    }

    private static List<Line> end(Line result, String words) {
        List<Line> lines = new ArrayList<>(List.of(Line.EMPTY, result));
        words.strip().lines().forEach(line -> lines.add(new Line(2, "", line, Style.PLAIN)));
        return lines;
    }

    private static List<Line> one(String mark, String text, Style style) {
        return List.of(new Line(0, mark, text, style));
    }

    private static String words(String wire) {
        return wire.replace('_', ' ');
    }

    private static String shortened(String text) {
        return Line.shortened(text.strip().replace('\n', ' '), WORDS_CHARS_MAX);
    }
}
