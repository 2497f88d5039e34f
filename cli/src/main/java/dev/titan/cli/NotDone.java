package dev.titan.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** The steps that a task which has ended has not done, each with the reason. */
final class NotDone {

    /** Two lines of a terminal; the whole is in {@code tasks get}. */
    private static final int REASON_CHARS_MAX = 200;

    private NotDone() {}

    /** @param task as the API gives it */
    static List<Line> lines(JsonNode task) {
        List<Line> lines = switch (task.path("status").asString("")) {
            case "succeeded", "failed", "cancelled" ->
                Stream.concat(steps(task, "steps"), steps(task, "dropped"))
                        .flatMap(NotDone::line)
                        .toList();
            default -> List.of();
        };
        if (lines.isEmpty()) {
            return lines;
        }
        List<Line> titled = new ArrayList<>(List.of(Line.EMPTY, new Line(0, "", "Not done", Style.BOLD)));
        titled.addAll(lines);
        return titled;
    }

    private static Stream<JsonNode> steps(JsonNode task, String which) {
        return StreamSupport.stream(task.path("plan").path(which).spliterator(), false);
    }

    private static Stream<Line> line(JsonNode step) {
        return switch (step.path("status").asString("")) {
            case "failed" -> Stream.of(line("✗", step, "error", Style.RED));
            case "blocked" -> Stream.of(line("⊘", step, "reason", Style.YELLOW));
            case "skipped" -> Stream.of(line("–", step, "reason", Style.DIM));
            default -> Stream.empty();
        };
    }

    private static Line line(String mark, JsonNode step, String field, Style style) {
        String reason = step.path(field).asString("").strip().replaceAll("\\s+", " ");
        String text = "%s  %s%s"
                .formatted(
                        step.path("id").asString(""),
                        step.path("status").asString(""),
                        reason.isEmpty() ? "" : ": " + reason);
        return new Line(2, mark, Line.shortened(text, REASON_CHARS_MAX), style);
    }
}
