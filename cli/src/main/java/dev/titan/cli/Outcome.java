package dev.titan.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/**
 * What there is to say when a task has ended.
 *
 * @param task the task as the API gives it
 * @param artifacts what it has left behind
 * @param took time from its submission
 */
record Outcome(JsonNode task, List<JsonNode> artifacts, Duration took) {

    /** A screenful; a task that leaves more is better looked at as files. */
    private static final int LISTED_MAX = 30;

    private static final int NAME_CHARS_MAX = 60;

    Outcome {
        artifacts = List.copyOf(artifacts);
    }

    /**
     * Returns the lines for a person.
     *
     * @param temporalUi the address of Temporal's UI, where it can be looked at
     * @param hints what can be done with artifacts
     */
    List<Line> lines(Optional<String> temporalUi, List<String> hints) {
        List<Line> lines = new ArrayList<>();
        String id = task.path("id").asString("");
        switch (task.path("status").asString("")) {
            case "waiting" -> lines.add(dim("The task waits for a person (%s): %s".formatted(reason(), wayOn(id))));
            case "paused" -> lines.add(dim("The task is paused (%s): %s".formatted(reason(), wayOn(id))));
            default -> {}
        }
        lines.addAll(NotDone.lines(task));
        if (!artifacts.isEmpty()) {
            lines.addAll(artifactLines(hints));
        }
        lines.add(Line.EMPTY);
        StringJoiner figures = new StringJoiner(" · ");
        figures.add(Amounts.seconds(took));
        long calls = task.path("usage").path("model_calls").asLong(0);
        if (calls > 0) {
            long tokens = task.path("usage").path("input_tokens").asLong(0)
                    + task.path("usage").path("output_tokens").asLong(0);
            figures.add(Amounts.count(calls, "model call")).add(Amounts.count(tokens, "token"));
        }
        lines.add(dim(figures.add(id).toString()));
        temporalUi.ifPresent(ui -> lines.add(
                dim("Temporal: %s/namespaces/default/workflows/%s".formatted(ui.replaceFirst("/+$", ""), id))));
        return lines;
    }

    /** Returns the last line for a program. */
    Map<String, Object> json() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("type", "outcome");
        line.put("task_id", task.path("id"));
        for (String field : List.of("status", "reason", "message", "usage")) {
            if (task.has(field)) {
                line.put(field, task.get(field));
            }
        }
        line.put("artifacts", artifacts);
        line.put("took", took);
        return line;
    }

    static List<Line> table(List<JsonNode> artifacts) {
        int width = artifacts.stream()
                .limit(LISTED_MAX)
                .mapToInt(artifact -> name(artifact).length())
                .max()
                .orElse(0);
        List<Line> lines = new ArrayList<>();
        for (JsonNode artifact : artifacts.subList(0, Math.min(LISTED_MAX, artifacts.size()))) {
            String name = name(artifact);
            lines.add(new Line(
                    2,
                    "",
                    "%s%s  %10s  %s"
                            .formatted(
                                    name,
                                    " ".repeat(width - name.length()),
                                    Amounts.bytes(artifact.path("size_bytes").asLong(0)),
                                    artifact.path("id").asString("")),
                    Style.PLAIN));
        }
        if (artifacts.size() > LISTED_MAX) {
            lines.add(new Line(2, "…", Amounts.count(artifacts.size() - LISTED_MAX, "more artifact"), Style.DIM));
        }
        return lines;
    }

    private List<Line> artifactLines(List<String> hints) {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.EMPTY);
        lines.add(new Line(0, "", "Artifacts", Style.BOLD));
        lines.addAll(table(artifacts));
        hints.forEach(hint -> lines.add(new Line(2, "", hint, Style.DIM)));
        return lines;
    }

    private static String name(JsonNode artifact) {
        return Line.shortened(SafeText.of(artifact.path("name").asString("")), NAME_CHARS_MAX);
    }

    private String wayOn(String id) {
        return switch (task.path("reason").asString("")) {
            case "approval" -> "./titan tasks approvals";
            case "input" -> "./titan tasks answer %s TEXT".formatted(id);
            case "budget_reached" -> "./titan tasks budget %s --max-…".formatted(id);
            default -> "./titan tasks resume " + id;
        };
    }

    private String reason() {
        return task.path("reason").asString("no reason given").replace('_', ' ');
    }

    private static Line dim(String text) {
        return new Line(0, "", text, Style.DIM);
    }
}
