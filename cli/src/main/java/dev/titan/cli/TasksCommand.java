package dev.titan.cli;

import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.json.TitanJson;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code titan tasks …}: looks at tasks and cancels them. */
@Command(name = "tasks", mixinStandardHelpOptions = true, description = "List, show, follow and cancel tasks.")
final class TasksCommand {

    /** What fits on a screen. */
    private static final int LISTED = 20;

    @Command(name = "list", mixinStandardHelpOptions = true, description = "The newest tasks, a line each.")
    int list(@Mixin ServerOptions options) {
        JsonNode page = options.api(options.server).tasks(LISTED);
        if (options.json) {
            System.out.println(TitanJson.mapper().writeValueAsString(page));
            return ExitCode.SUCCEEDED;
        }
        Screen screen = Screen.standard();
        for (JsonNode task : page.path("data")) {
            screen.print(Line.of("%s  %-9s  %s"
                    .formatted(
                            task.path("id").asString(),
                            task.path("status").asString(),
                            task.path("goal").asString())));
        }
        return ExitCode.SUCCEEDED;
    }

    @Command(name = "get", mixinStandardHelpOptions = true, description = "One task, whole, as JSON.")
    int get(@Parameters(paramLabel = "TASK") String id, @Mixin ServerOptions options) {
        JsonNode task = options.api(options.server).task(id);
        System.out.println(TitanJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(task));
        return ExitCode.of(task.path("status").asString());
    }

    @Command(name = "events", mixinStandardHelpOptions = true, description = "A task's events so far.")
    int events(@Parameters(paramLabel = "TASK") String id, @Mixin ServerOptions options) {
        TitanApi api = options.api(options.server);
        Screen screen = Screen.standard();
        EventRenderer renderer = new EventRenderer();
        long after = 0;
        while (true) {
            List<EventEnvelope> page = api.events(id, after);
            if (page.isEmpty()) {
                return ExitCode.SUCCEEDED;
            }
            for (EventEnvelope event : page) {
                if (options.json) {
                    System.out.println(TitanJson.mapper().writeValueAsString(event));
                } else {
                    renderer.lines(event).forEach(screen::print);
                }
            }
            after = page.getLast().seq();
        }
    }

    @Command(name = "cancel", mixinStandardHelpOptions = true, description = "Cancel a task.")
    int cancel(@Parameters(paramLabel = "TASK") String id, @Mixin ServerOptions options) {
        JsonNode task = options.api(options.server).cancel(id);
        Screen.standard()
                .print(Line.of("%s  %s".formatted(id, task.path("status").asString())));
        return ExitCode.SUCCEEDED;
    }
}
