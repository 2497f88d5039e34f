package dev.titan.testing.model;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a script's roles answer when the script does not say: the sensible thing, told from the prompt alone. */
public final class DefaultReplies {

    /** What an executor says when no turn of its script fits; the default judge then finds the goal not reached. */
    public static final String AT_A_LOSS = "Nothing in my script fits what I see; I do not know how to go on.";

    /** Enough to recognise the goal in a summary. */
    private static final int SUMMARY_CHARS_MAX = 300;

    private static final Pattern FAILED = Pattern.compile("<(?:check|step|last_result)\\b[^>]* outcome=\"failed\"");

    private DefaultReplies() {}

    static Map<String, Object> interpretation(ModelRequest request) {
        return Map.of(
                "summary", shortened(request.goal()),
                "skills", List.of(),
                "tools", List.of(),
                "success_criteria", List.of("The goal is reached."),
                "constraints", List.of(),
                "risks", List.of());
    }

    static Map<String, Object> plan(ModelRequest request) {
        return Map.of(
                "reasoning",
                "One step is enough.",
                "steps",
                List.of(Map.of(
                        "id", request.number("plan_version") == 1 ? "work" : "work-" + request.number("plan_version"),
                        "description", shortened(request.goal()),
                        "depends_on", List.of(),
                        "success_criteria", List.of())));
    }

    static Map<String, Object> review(ModelRequest request) {
        boolean failed = FAILED.matcher(request.question()).find();
        return Map.of(
                "decision",
                failed ? "finish" : "continue",
                "on_track",
                !failed,
                "issues",
                failed ? List.of("The last tool call of the step failed.") : List.of(),
                "suggestions",
                List.of(),
                "confidence",
                0.9);
    }

    /** Returns the review of a step whose failures are part of what is played. */
    public static Map<String, Object> goOn() {
        return Map.of(
                "decision",
                "continue",
                "on_track",
                true,
                "issues",
                List.of(),
                "suggestions",
                List.of(),
                "confidence",
                0.9);
    }

    static Map<String, Object> judgement(ModelRequest request) {
        boolean met = !FAILED.matcher(request.question()).find()
                && !request.question().contains(AT_A_LOSS);
        return Map.of(
                "met",
                met,
                "recoverable",
                false,
                "answer",
                met ? request.tag("answer").orElse("Done.") : "The goal was not reached.",
                "issues",
                met ? List.of() : List.of("A check or a step failed."),
                "suggestions",
                List.of());
    }

    static String summary(ModelRequest request) {
        return "Goal: %s\nDone: what came before, in short.".formatted(shortened(request.goal()));
    }

    private static String shortened(String goal) {
        String line = goal.strip();
        return line.length() <= SUMMARY_CHARS_MAX ? line : line.substring(0, SUMMARY_CHARS_MAX) + "…";
    }
}
