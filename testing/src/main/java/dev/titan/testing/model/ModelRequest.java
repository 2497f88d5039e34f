package dev.titan.testing.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What a script may look at: everything it answers follows from this, so a repeated request gets the same answer.
 *
 * @param role what the request is for
 * @param goal the text between {@code <goal>} and {@code </goal>}; empty when there is none
 * @param question every user message but the goal, joined by line ends
 * @param replies how many assistant messages the conversation holds
 * @param results the texts of the tool results, oldest first
 */
public record ModelRequest(AskedRole role, String goal, String question, int replies, List<String> results) {

    private static final Pattern GOAL = Pattern.compile("<goal>\\n(.*?)\\n</goal>", Pattern.DOTALL);

    public ModelRequest {
        results = List.copyOf(results);
    }

    /** Reads the body of a {@code POST /v1/chat/completions}. */
    static ModelRequest of(JsonNode body) {
        String system = "";
        List<String> questions = new ArrayList<>();
        List<String> results = new ArrayList<>();
        int replies = 0;
        for (JsonNode message : body.path("messages")) {
            switch (message.path("role").asString("")) {
                case "system", "developer" -> system = system.isEmpty() ? text(message) : system;
                case "assistant" -> replies++;
                case "tool" -> results.add(text(message));
                default -> questions.add(text(message));
            }
        }
        String question = String.join("\n", questions);
        Matcher goal = GOAL.matcher(question);
        boolean found = goal.find();
        return new ModelRequest(
                AskedRole.ofPrompt(system),
                found ? goal.group(1) : "",
                found ? question.substring(0, goal.start()) + question.substring(goal.end()) : question,
                replies,
                results);
    }

    /** Returns the content of the last {@code <name …>…</name>} of the question. */
    public Optional<String> tag(String name) {
        Matcher matcher = Pattern.compile("<%1$s(?: [^>]*)?>(.*?)</%1$s>".formatted(name), Pattern.DOTALL)
                .matcher(question);
        String last = null;
        while (matcher.find()) {
            last = matcher.group(1).strip();
        }
        return Optional.ofNullable(last);
    }

    /** Returns the number in the last {@code <name>}, or 1 when there is none. */
    public int number(String name) {
        return tag(name).map(Integer::parseInt).orElse(1);
    }

    /** Returns the newest tool result, or an empty text. */
    public String lastResult() {
        return results.isEmpty() ? "" : results.getLast();
    }

    private static String text(JsonNode message) {
        JsonNode content = message.path("content");
        if (!content.isArray()) {
            return content.asString("");
        }
        List<String> parts = new ArrayList<>();
        content.forEach(part -> parts.add(part.path("text").asString("")));
        return String.join("\n", parts);
    }
}
