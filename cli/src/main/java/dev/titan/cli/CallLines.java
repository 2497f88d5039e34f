package dev.titan.cli;

import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.StepId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tool calls as lines: what is called, its output while it comes, how it ended. The file tools end at once and get one
 * line. Calls may run side by side; output that follows another call's gets its heading again.
 */
final class CallLines {

    private static final int TEXT_CHARS_MAX = 120;

    private final Map<CallKey, Call> calls = new HashMap<>();
    private @Nullable CallKey shown;

    private record CallKey(@Nullable StepId step, @Nullable Integer turn, int call) {}

    private static final class Call {
        private final Line heading;
        private final boolean quick;
        private final CallOutput output = new CallOutput();
        private long bytes = -1;

        Call(Line heading, boolean quick) {
            this.heading = heading;
            this.quick = quick;
        }
    }

    List<Line> called(EventEnvelope event, TaskEvent.ToolCalled called) {
        CallKey key = key(event, called.call());
        Call call = new Call(heading(called), called.tool().startsWith("file_"));
        calls.put(key, call);
        if (call.quick) {
            return List.of();
        }
        shown = key;
        return List.of(call.heading);
    }

    List<Line> output(EventEnvelope event, TaskEvent.ToolOutput output) {
        CallKey key = key(event, output.call());
        return under(key, find(key).output.add(output.text()));
    }

    List<Line> accessed(EventEnvelope event, TaskEvent.FileAccessed access) {
        calls.forEach((key, call) -> {
            if (access.allowed() && call.quick && key(event, key.call()).equals(key)) {
                call.bytes = access.bytes();
            }
        });
        return List.of();
    }

    List<Line> completed(EventEnvelope event, TaskEvent.ToolCompleted completed) {
        CallKey key = key(event, completed.call());
        Call call = find(key);
        String took = Amounts.seconds(completed.took());
        String words =
                Line.shortened(completed.result().strip().lines().findFirst().orElse("failed"), TEXT_CHARS_MAX);
        if (call.quick) {
            calls.remove(key);
            return List.of(
                    completed.failure() != null
                            ? new Line(2, "✗", call.heading.text() + ": " + words, Style.YELLOW)
                            : call.bytes < 0
                                    ? call.heading
                                    : new Line(
                                            2,
                                            call.heading.mark(),
                                            call.heading.text() + "  " + Amounts.bytes(call.bytes),
                                            call.heading.style()));
        }
        List<Line> lines = new ArrayList<>(call.output.close());
        lines.add(
                completed.failure() == null
                        ? new Line(4, "", took, Style.DIM)
                        : new Line(4, "✗", "%s · %s".formatted(words, took), Style.YELLOW));
        List<Line> all = under(key, lines);
        calls.remove(key);
        return all;
    }

    /** Puts a call's lines below its heading, which is shown again when another call's lines came between. */
    private List<Line> under(CallKey key, List<Line> lines) {
        if (lines.isEmpty() || key.equals(shown)) {
            return lines;
        }
        shown = key;
        List<Line> all = new ArrayList<>(List.of(find(key).heading));
        all.addAll(lines);
        return all;
    }

    private Call find(CallKey key) {
        return calls.computeIfAbsent(key, _ -> new Call(new Line(2, "→", "tool", Style.CYAN), false));
    }

    private static CallKey key(EventEnvelope event, int call) {
        return new CallKey(event.stepId(), event.turn(), call);
    }

    private static Line heading(TaskEvent.ToolCalled called) {
        return switch (called.tool()) {
            case "shell" -> new Line(2, "$", argument(called, "command"), Style.CYAN);
            case "shell_process" ->
                new Line(
                        2,
                        "$",
                        "%s %s %s"
                                .formatted(argument(called, "action"), argument(called, "id"), argument(called, "text"))
                                .strip(),
                        Style.CYAN);
            case "file_write" -> new Line(2, "→", "write " + argument(called, "path"), Style.CYAN);
            case "file_read" -> new Line(2, "→", "read " + argument(called, "path"), Style.CYAN);
            case "file_list" -> new Line(2, "→", ("list " + argument(called, "path")).strip(), Style.CYAN);
            default ->
                new Line(
                        2,
                        "→",
                        Line.shortened("%s %s".formatted(called.tool(), called.arguments()), TEXT_CHARS_MAX),
                        Style.CYAN);
        };
    }

    /** Returns the first line of an argument: the rest of a script is in the event log. */
    private static String argument(TaskEvent.ToolCalled called, String name) {
        Object value = called.arguments().get(name);
        if (value == null) {
            return "";
        }
        List<String> lines = value.toString().strip().lines().toList();
        String first = lines.isEmpty() ? "" : lines.getFirst();
        return Line.shortened(lines.size() > 1 ? first + " …" : first, TEXT_CHARS_MAX);
    }
}
