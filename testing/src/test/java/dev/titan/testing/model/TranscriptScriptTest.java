package dev.titan.testing.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.titan.contracts.json.TitanJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Over the corpus of tasks, where it is there. */
class TranscriptScriptTest {

    private static final Path CORPUS =
            Path.of(System.getProperty("titan.corpora", "/work/shared/corpora")).resolve("tasks/tasks.jsonl");

    private static final Set<String> BUILT_IN = Set.of("shell", "file_read", "file_write", "file_list");

    @Test
    void playsEveryTranscriptThatNeedsOnlyTheBuiltInTools() throws IOException {
        assumeTrue(Files.exists(CORPUS), () -> "no corpus at " + CORPUS.toAbsolutePath());
        List<TranscriptScript> scripts = Files.readAllLines(CORPUS).stream()
                .map(line -> TitanJson.mapper().readTree(line))
                .filter(task -> task.has("transcript"))
                .map(TranscriptScriptTest::script)
                .filter(script -> script.calls().stream().allMatch(call -> BUILT_IN.contains(call.tool())))
                .toList();

        assertThat(scripts).hasSize(36);
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
