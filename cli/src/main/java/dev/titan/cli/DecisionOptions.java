package dev.titan.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** What {@code tasks approve} and {@code tasks deny} have in common. */
final class DecisionOptions {

    @Parameters(paramLabel = "APPROVAL", description = "The call that waits, as apr-…; tasks approvals lists them.")
    String id = "";

    @Option(names = "--note", paramLabel = "TEXT", description = "Tell the model this, such as why not.")
    @Nullable
    String note;

    @Mixin
    SteeringOptions options = new SteeringOptions();

    /**
     * Decides, and prints what became of the call.
     *
     * @param decision {@code approve}, {@code edit} or {@code deny}
     * @param more what the body has besides
     * @return the exit status
     */
    int decide(String decision, Map<String, Object> more, Output output) throws InterruptedException {
        Map<String, Object> body = new LinkedHashMap<>(more);
        body.put("decision", decision);
        if (note != null) {
            body.put("note", note);
        }
        TitanApi api = options.server.api();
        JsonNode call = options.give(key -> api.decide(id, body, key));
        if (options.server.json) {
            output.json(call);
        } else {
            output.screen()
                    .print(Line.of("%s  %s  %s of %s"
                            .formatted(
                                    call.path("id").asString(id),
                                    call.path("status").asString(""),
                                    call.path("tool").asString(""),
                                    call.path("task_id").asString(""))));
        }
        return ExitCode.SUCCEEDED;
    }
}
