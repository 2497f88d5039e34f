package dev.titan.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a new task may be told, whether it begins at the beginning or goes on from another one. */
final class TaskOptions {

    @Option(names = "--model", paramLabel = "PROVIDER/MODEL", description = "Use this model.")
    @Nullable
    String model;

    @Option(
            names = "--max-steps",
            paramLabel = "N",
            description = "Stop after so many turns with tools; default: 50, or as in the task it goes on from.")
    @Nullable
    Integer maxSteps;

    /** Adds what was said to the body of the request. */
    void addTo(Map<String, Object> body) {
        if (model != null) {
            body.put("model", model);
        }
        if (maxSteps != null) {
            body.put("budget", Map.of("max_steps", maxSteps));
        }
    }
}
