package dev.titan.testing.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.json.TitanJson;
import dev.titan.testing.corpus.Corpora;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Over the corpus of tasks, where it is there. */
class TranscriptScriptTest {

    private static final Set<String> BUILT_IN = Set.of("shell", "file_read", "file_write", "file_list");

    @Test
    void playsEveryTranscriptThatNeedsOnlyTheBuiltInTools() {
        List<TranscriptScript> scripts = Corpora.lines("tasks/tasks.jsonl").stream()
                .map(line -> TitanJson.mapper().readTree(line))
                .filter(task -> task.has("transcript"))
                .map(TranscriptScriptTest::script)
                .filter(script -> script.calls().stream().allMatch(call -> BUILT_IN.contains(call.tool())))
                .toList();

        assertThat(scripts).allSatisfy(script -> {
            assertThat(script.plays(script.goal())).isTrue();
            assertThat(script.calls()).isNotEmpty();
            assertThat(script.answer()).isNotBlank();
        });
    }

    private static TranscriptScript script(JsonNode task) {
        return TranscriptScript.of(task.path("id").asString(), task.path("goal").asString(), task.path("transcript"));
    }
}
