package dev.titan.activities.reasoning;

import dev.titan.contracts.json.TitanJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What a stored review or verdict found wrong, in one sentence after the other. */
final class Complaint {

    private Complaint() {}

    static String of(String reply) {
        return in(reply).or(() -> answer(reply)).orElse("The goal is not reached yet.");
    }

    /** Returns what a review found wrong and proposed; empty when nothing. */
    static Optional<String> in(String reply) {
        List<String> sentences = new ArrayList<>();
        try {
            JsonNode json = TitanJson.mapper().readTree(reply);
            json.path("issues").forEach(issue -> sentences.add(issue.asString("")));
            json.path("suggestions").forEach(suggestion -> sentences.add(suggestion.asString("")));
        } catch (JacksonException e) {
            sentences.add(reply);
        }
        return said(String.join(" ", sentences));
    }

    private static Optional<String> answer(String reply) {
        // What is no JSON was a complaint as a whole.
        return said(TitanJson.mapper().readTree(reply).path("answer").asString(""));
    }

    private static Optional<String> said(String words) {
        return Optional.of(words.strip()).filter(text -> !text.isEmpty());
    }
}
