package dev.titan.cli;

import dev.titan.contracts.json.TitanJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code titan tasks …}: looks at tasks, steers and cancels them and goes on from them. */
@Command(
        name = "tasks",
        mixinStandardHelpOptions = true,
        description = "List, show, steer, cancel, fork and retry tasks; get their artifacts.")
final class TasksCommand implements Runnable {

    /** What fits on a screen. */
    private static final int LISTED = 20;

    private static final int GOAL_CHARS_MAX = 80;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before it calls anything
    CommandSpec spec;

    private final Output output;

    TasksCommand(Output output) {
        this.output = output;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Say what to do with tasks: "
                        + String.join(", ", spec.subcommands().keySet()));
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "The newest tasks, a line each.")
    int list(@Mixin ServerOptions options) throws InterruptedException {
        for (JsonNode task : options.api().tasks(LISTED).path("data")) {
            if (options.json) {
                output.json(task);
            } else {
                String goal = task.path("goal").asString("").strip().replace('\n', ' ');
                print("%s  %-9s  %s"
                        .formatted(
                                task.path("id").asString(""),
                                task.path("status").asString(""),
                                Line.shortened(goal, GOAL_CHARS_MAX)));
            }
        }
        return ExitCode.SUCCEEDED;
    }

    @Command(
            name = "get",
            mixinStandardHelpOptions = true,
            description = "One task, whole, as JSON. The exit status tells how it ended, as with run.")
    int get(@Parameters(paramLabel = "TASK") String id, @Mixin ServerOptions options) throws InterruptedException {
        JsonNode task = options.api().task(id);
        if (options.json) {
            output.json(task);
        } else {
            output.data()
                    .println(TitanJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(task));
        }
        return ExitCode.of(task.path("status").asString(""));
    }

    @Command(name = "events", mixinStandardHelpOptions = true, description = "A task's events so far.")
    int events(@Parameters(paramLabel = "TASK") String id, @Mixin ServerOptions options) throws InterruptedException {
        TitanApi api = options.api();
        EventRenderer renderer = new EventRenderer();
        List<ReceivedEvent> page = api.events(id, 0);
        while (!page.isEmpty()) {
            for (ReceivedEvent event : page) {
                if (options.json) {
                    output.json(event.json());
                } else {
                    event.envelope().map(renderer::lines).orElse(List.of()).forEach(output.screen()::print);
                }
            }
            page = api.events(id, page.getLast().seq());
        }
        return ExitCode.SUCCEEDED;
    }

    @Command(name = "cancel", mixinStandardHelpOptions = true, description = "Cancel a task.")
    int cancel(@Parameters(paramLabel = "TASK") String id, @Mixin ServerOptions options) throws InterruptedException {
        JsonNode answer = options.api().cancel(id);
        if (options.json) {
            output.json(answer);
        } else {
            print("%s  %s  %s"
                    .formatted(
                            id,
                            answer.path("status").asString(""),
                            answer.path("detail").asString("")));
        }
        return ExitCode.SUCCEEDED;
    }

    @Command(name = "pause", mixinStandardHelpOptions = true, description = "Let a task begin nothing more for now.")
    int pause(@Parameters(paramLabel = "TASK") String id, @Mixin SteeringOptions options) throws InterruptedException {
        return steer(id, "pause", Map.of(), options);
    }

    @Command(name = "resume", mixinStandardHelpOptions = true, description = "Let a paused task go on.")
    int resume(@Parameters(paramLabel = "TASK") String id, @Mixin SteeringOptions options) throws InterruptedException {
        return steer(id, "resume", Map.of(), options);
    }

    @Command(
            name = "message",
            aliases = "answer",
            mixinStandardHelpOptions = true,
            description =
                    "Tell a task something, or answer what it has asked: its oldest open question takes the words.")
    int message(
            @Parameters(paramLabel = "TASK") String id,
            @Parameters(paramLabel = "TEXT") String text,
            @Mixin SteeringOptions options)
            throws InterruptedException {
        return steer(id, "messages", Map.of("text", text), options);
    }

    @Command(
            name = "budget",
            mixinStandardHelpOptions = true,
            description = "Let a task spend more; one whose budget is used up goes on where it stopped.")
    int budget(@Parameters(paramLabel = "TASK") String id, @Mixin BudgetOptions budget, @Mixin SteeringOptions options)
            throws InterruptedException {
        return steer(id, "budget", budget.body(), options);
    }

    private int steer(String id, String verb, Map<String, Object> body, SteeringOptions options)
            throws InterruptedException {
        TitanApi api = options.server.api();
        JsonNode answer = options.give(key -> api.steer(id, verb, body, key));
        if (options.server.json) {
            output.json(answer);
        } else {
            print("%s  %s  %s"
                    .formatted(
                            answer.path("id").asString(id),
                            answer.path("status").asString(""),
                            answer.path("reason").asString("").replace('_', ' '))
                    .strip());
        }
        return ExitCode.SUCCEEDED;
    }

    @Command(
            name = "artifacts",
            mixinStandardHelpOptions = true,
            description = "What a task has left behind: a list, or with --out the files.")
    int artifacts(
            @Parameters(paramLabel = "TASK") String id,
            @Option(names = "--out", paramLabel = "DIR", description = "Save them there.") @Nullable Path out,
            @Mixin ServerOptions options)
            throws IOException, InterruptedException {
        TitanApi api = options.api();
        List<JsonNode> artifacts = api.artifacts(id);
        if (options.json) {
            artifacts.forEach(output::json);
        } else if (out == null) {
            Outcome.table(artifacts).forEach(output.screen()::print);
        }
        return out == null ? ExitCode.SUCCEEDED : save(new Downloads(api, id, out).save(artifacts), options.json);
    }

    private int save(List<Downloads.Saved> files, boolean json) {
        int status = ExitCode.SUCCEEDED;
        for (Downloads.Saved file : files) {
            if (file.trouble().isPresent()) {
                status = ExitCode.FAILED;
                output.notes()
                        .println("titan: %s is not saved: %s"
                                .formatted(
                                        SafeText.of(file.name()),
                                        SafeText.of(file.trouble().get())));
            } else if (!json) {
                print(file.name());
            }
        }
        return status;
    }

    private void print(String text) {
        output.screen().print(Line.of(text));
    }
}
