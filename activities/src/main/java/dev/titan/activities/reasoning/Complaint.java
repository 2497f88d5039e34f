package dev.titan.activities.reasoning;

import dev.titan.contracts.json.TitanJson;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What a stored review or verdict found wrong, in one sentence after the other. */
final class Complaint {

    private Complaint() {}

    static String of(String reply) {
        List<String> sentences = new ArrayList<>();
        try {
            JsonNode json = TitanJson.mapper().readTree(reply);
            json.path("issues").forEach(issue -> sentences.add(issue.asString("")));
            json.path("suggestions").forEach(suggestion -> sentences.add(suggestion.asString("")));
            if (sentences.isEmpty()) {
                sentences.add(json.path("answer").asString(""));
            }
        } catch (JacksonException e) {
            sentences.add(reply);
        }
        String all = String.join(" ", sentences).strip();
        return all.isEmpty() ? "The goal is not reached yet." : all;
    }
}
