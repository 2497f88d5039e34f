package dev.titan.e2e;

import dev.titan.contracts.json.TitanJson;
import dev.titan.testing.corpus.Corpora;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** The task corpus: small jobs with files, an ideal model's calls, and checks. It is no part of this repository. */
final class Corpus {

    private static final Set<String> TOOLS = Set.of("shell", "file_read", "file_write");

    private Corpus() {}

    /** Returns the jobs whose transcript needs shell and file tools only; none when the corpus is not there. */
    static List<CorpusJob> jobs() {
        return Corpora.lines("tasks/tasks.jsonl").stream()
                .map(line -> TitanJson.mapper().readTree(line))
                .filter(Corpus::playable)
                .map(CorpusJob::of)
                .toList();
    }

    private static boolean playable(JsonNode job) {
        return job.has("transcript")
                && StreamSupport.stream(job.path("transcript").spliterator(), false)
                        .allMatch(step -> step.has("finish")
                                || TOOLS.contains(step.path("tool").asString()));
    }
}
