package dev.titan.e2e;

import dev.titan.contracts.json.TitanJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One job of the task corpus.
 *
 * @param id such as {@code code-01}
 * @param goal the text a user would send
 * @param context files and setup of the workspace
 * @param checks what must hold afterwards
 * @param transcript the calls of an ideal model
 */
record CorpusJob(String id, String goal, Map<String, Object> context, List<Check> checks, JsonNode transcript) {

    /**
     * A command that exits with 0 when something holds.
     *
     * @param says what holds, in words
     * @param command a bash command line
     */
    record Check(String says, String command) {}

    static CorpusJob of(JsonNode job) {
        Map<String, Object> context = new HashMap<>();
        context.put("files", TitanJson.mapper().treeToValue(job.path("context").path("files"), Map.class));
        if (job.path("context").has("setup")) {
            context.put("setup", job.path("context").path("setup").asString());
        }
        List<Check> checks = new ArrayList<>();
        for (JsonNode check : job.path("checks")) {
            checks.add(new Check(
                    check.path("says").asString(),
                    patient(inSandbox(check.path("command").asString()))));
        }
        return new CorpusJob(
                job.path("id").asString(), job.path("goal").asString(), context, checks, job.path("transcript"));
    }

    /** The workspace's parent, where some checks make a copy, is read-only in a sandbox; /tmp is what they may use. */
    private static String inSandbox(String command) {
        return command.replace("../", "/tmp/");
    }

    /** Some checks give the server under test one second to start, which a machine that is busy with other tests exceeds. */
    private static String patient(String command) {
        return command.replace("sleep 1;", "sleep 5;");
    }

    Map<String, Object> body() {
        return Map.of(
                "goal",
                goal,
                "context",
                context,
                "success_criteria",
                checks.stream()
                        .map(check -> Map.of("says", check.says(), "command", check.command()))
                        .toList());
    }
}
