package dev.titan.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** What {@code tasks fork} and {@code tasks retry} have in common: a task begins that goes on from another one. */
final class ForkOptions {

    @Parameters(paramLabel = "TASK", description = "The task to go on from; it is not changed.")
    String id = "";

    @Option(names = "--message", paramLabel = "TEXT", description = "Tell the model this at its next turn.")
    @Nullable
    String message;

    @Mixin
    TaskOptions options = new TaskOptions();

    @Option(names = "--watch", description = "Show the new task until it ends, as run does.")
    boolean watch;

    @Option(names = "--out", paramLabel = "DIR", description = "Watch it and save its artifacts there.")
    @Nullable
    Path out;

    @Mixin
    ServerOptions server = new ServerOptions();

    /**
     * Begins the new task; prints it, or shows it to its end.
     *
     * @param verb {@code fork} or {@code retry}
     * @param more what the body has besides
     * @return the exit status
     */
    int begin(String verb, Map<String, Object> more, Output output) throws IOException, InterruptedException {
        TitanApi api = server.api();
        Instant begin = Instant.now();
        JsonNode accepted = api.begin(id, verb, body(more));
        WatchedTask task = new WatchedTask(api, true, server.json, output);
        if (!watch && out == null) {
            if (server.json) {
                output.json(accepted);
            } else {
                task.shows(accepted);
            }
            return ExitCode.SUCCEEDED;
        }
        CtrlC ctrlC = CtrlC.heard();
        task.shows(accepted);
        return task.watch(ctrlC, begin, out);
    }

    private Map<String, Object> body(Map<String, Object> more) {
        Map<String, Object> body = new LinkedHashMap<>(more);
        if (message != null) {
            body.put("message", message);
        }
        options.addTo(body);
        return body;
    }
}
