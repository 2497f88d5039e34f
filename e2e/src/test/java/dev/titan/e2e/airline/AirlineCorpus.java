package dev.titan.e2e.airline;

import dev.titan.contracts.json.TitanJson;
import dev.titan.testing.corpus.Corpora;
import dev.titan.testing.model.ScriptedReply;
import dev.titan.testing.recipe.Recipe;
import dev.titan.testing.recipe.RecipeStep;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The recordings of an airline desk: its records, eighty runs, and what each must leave behind. No part of this repository. */
public final class AirlineCorpus {

    private static final String PLACE = "tau-airline/";

    private AirlineCorpus() {}

    /** Returns the runs with what they must leave behind; none, loudly, when the corpus is not there. */
    public static List<AirlineRun> runs() {
        List<String> recorded = Corpora.lines(PLACE + "trajectories.jsonl");
        if (recorded.isEmpty()) {
            return List.of();
        }
        String policy = text("policy.md");
        Map<String, JsonNode> expected = new HashMap<>();
        for (String line : Corpora.lines(PLACE + "expected-runs.jsonl")) {
            JsonNode run = TitanJson.mapper().readTree(line);
            expected.put(run.path("run_id").asString(), run);
        }
        return recorded.stream()
                .map(line -> TitanJson.mapper().readTree(line))
                .map(run -> AirlineRun.of(recipe(run, policy), expected(expected, run)))
                .toList();
    }

    private static JsonNode expected(Map<String, JsonNode> expected, JsonNode run) {
        return Objects.requireNonNull(expected.get(run.path("run_id").asString()), "a run without an expectation");
    }

    /** Returns the records of a table by key, in the order of the file. */
    static ObjectNode records(Table table) {
        try (InputStream file = Files.newInputStream(Corpora.path(PLACE + table.wire() + ".json.gz"));
                InputStream json = new GZIPInputStream(file)) {
            return TitanJson.mapper().readTree(json).asObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Recipe recipe(JsonNode run, String policy) {
        List<RecipeStep> steps = new ArrayList<>();
        for (JsonNode step : run.path("steps")) {
            steps.add(step(step));
        }
        return new Recipe(run.path("run_id").asString(), policy, Recipe.Start.NOTHING, steps, Recipe.Check.NOTHING);
    }

    private static RecipeStep step(JsonNode step) {
        String content = step.path("content").asString("");
        return switch (step.path("role").asString()) {
            case "user" -> new RecipeStep.User(content);
            case "tool" -> new RecipeStep.Tool(content, null);
            case "assistant" -> new RecipeStep.Assistant(content, calls(step.path("tool_calls")));
            default -> throw new IllegalArgumentException("a step of nobody: " + step);
        };
    }

    private static List<ScriptedReply.Call> calls(JsonNode calls) {
        return calls.valueStream()
                .map(call -> new ScriptedReply.Call(
                        call.path("name").asString(),
                        TitanJson.mapper()
                                .convertValue(call.path("arguments"), new TypeReference<Map<String, Object>>() {})))
                .toList();
    }

    private static String text(String name) {
        try {
            return Files.readString(Corpora.path(PLACE + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
