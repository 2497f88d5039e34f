package dev.titan.e2e;

import dev.titan.contracts.json.TitanJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** The task corpus: small jobs with files, an ideal model's calls, and checks. It is no part of this repository. */
final class Corpus {

    private static final Set<String> TOOLS = Set.of("shell", "file_read", "file_write");

    private Corpus() {}

    /** Returns the jobs whose transcript needs shell and file tools only; none when the corpus is not there. */
    static List<CorpusJob> jobs() {
        Path file = directory().resolve("tasks").resolve("tasks.jsonl");
        if (!Files.exists(file)) {
            System.out.printf(
                    "%n*** THE TASK CORPUS IS NOT AT %s: its goals are NOT played. Set -Dtitan.corpora=DIR. ***%n%n",
                    file);
            return List.of();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> TitanJson.mapper().readTree(line))
                    .filter(Corpus::playable)
                    .map(CorpusJob::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path directory() {
        String root = System.getProperty("titan.root", ".");
        String set = System.getProperty("titan.corpora", "");
        return set.isBlank() ? Path.of(root, "..", "shared", "corpora").normalize() : Path.of(set);
    }

    private static boolean playable(JsonNode job) {
        return job.has("transcript")
                && StreamSupport.stream(job.path("transcript").spliterator(), false)
                        .allMatch(step -> step.has("finish")
                                || TOOLS.contains(step.path("tool").asString()));
    }
}
