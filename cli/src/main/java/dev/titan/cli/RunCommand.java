package dev.titan.cli;

import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.json.TitanJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code titan run}: submits a goal and shows the task until it ends. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Run a goal and watch it; starts a server for the time if none answers.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:succeeded", "1:failed", "2:usage", "3:cancelled", "4:waiting for a person", "5:paused"})
final class RunCommand implements Callable<Integer> {

    @Parameters(paramLabel = "GOAL", description = "What should be done, in your own words.")
    String goal = "";

    @Option(names = "--file", paramLabel = "FILE", description = "A text file to put into the workspace; repeatable.")
    List<Path> files = List.of();

    @Option(names = "--check", paramLabel = "COMMAND", description = "A command that must exit with 0 at the end.")
    List<String> checks = List.of();

    @Option(names = "--model", paramLabel = "PROVIDER/MODEL", description = "Use this model.")
    @Nullable
    String model;

    @Option(names = "--max-steps", paramLabel = "N", description = "Stop after so many turns with tools.")
    @Nullable
    Integer maxSteps;

    @Option(names = "--out", paramLabel = "DIR", description = "Save the artifacts there.")
    @Nullable
    Path out;

    @Mixin
    ServerOptions options = new ServerOptions();

    private final ServerStarter starter;

    RunCommand(ServerStarter starter) {
        this.starter = starter;
    }

    @Override
    public Integer call() throws Exception {
        Screen screen = Screen.standard();
        Consumer<String> say =
                options.json ? System.err::println : line -> screen.print(new Line(0, "", line, Style.DIM));
        TitanApi configured = options.api(options.server);
        if (configured.answers()) {
            return run(configured, screen);
        }
        try (ServerStarter.Running server = starter.start(say)) {
            return run(options.api(server.api()), screen);
        }
    }

    private int run(TitanApi api, Screen screen) throws IOException, InterruptedException {
        Instant begin = Instant.now();
        String id = api.submit(body()).path("taskId").asString();
        if (!options.json) {
            screen.print(new Line(0, "", "Task " + id, Style.BOLD));
        }
        Thread interrupt = Thread.ofPlatform().unstarted(() -> cancelAndWait(api, id));
        Runtime.getRuntime().addShutdownHook(interrupt);
        follow(api, id, screen);
        try {
            Runtime.getRuntime().removeShutdownHook(interrupt);
        } catch (IllegalStateException e) {
            return ExitCode.CANCELLED;
        }
        JsonNode task = api.task(id);
        if (options.json) {
            System.out.println(TitanJson.mapper().writeValueAsString(task));
        } else {
            summary(api, task, screen, Duration.between(begin, Instant.now()));
        }
        if (out != null) {
            Downloads.save(api, task, out);
        }
        return ExitCode.of(task.path("status").asString());
    }

    private void follow(TitanApi api, String id, Screen screen) throws InterruptedException {
        EventRenderer renderer = new EventRenderer();
        Consumer<EventEnvelope> show = options.json
                ? event -> System.out.println(TitanJson.mapper().writeValueAsString(event))
                : event -> renderer.lines(event).forEach(screen::print);
        api.stream(id).follow(show);
    }

    /** Ctrl-C cancels the task and lets its end be shown; the JVM goes when this returns. */
    private static void cancelAndWait(TitanApi api, String id) {
        try {
            api.cancel(id);
            Instant deadline = Instant.now().plusSeconds(10);
            while (Instant.now().isBefore(deadline)
                    && ExitCode.of(api.task(id).path("status").asString()) != ExitCode.CANCELLED) {
                Thread.sleep(200);
            }
        } catch (ApiException e) {
            System.err.println(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void summary(TitanApi api, JsonNode task, Screen screen, Duration took) {
        List<Line> lines = new ArrayList<>();
        String id = task.path("id").asString();
        int artifacts = task.path("artifacts").size();
        lines.add(new Line(0, "", "%s · %d artifacts · %s".formatted(id, artifacts, Screen.seconds(took)), Style.DIM));
        if (artifacts > 0) {
            lines.add(new Line(0, "", "Artifacts: GET %s/v1/tasks/%s/artifacts".formatted(api.base(), id), Style.DIM));
        }
        lines.forEach(screen::print);
    }

    private Map<String, Object> body() throws IOException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("goal", goal);
        if (!files.isEmpty()) {
            Map<String, String> contents = new LinkedHashMap<>();
            for (Path file : files) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
            body.put("context", Map.of("files", contents));
        }
        if (model != null) {
            body.put("model", model);
        }
        if (maxSteps != null) {
            body.put("budget", Map.of("max_steps", maxSteps));
        }
        if (!checks.isEmpty()) {
            body.put(
                    "success_criteria",
                    checks.stream()
                            .map(check -> Map.of("says", check, "command", check))
                            .toList());
        }
        return body;
    }
}
