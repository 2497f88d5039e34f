package dev.titan.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code titan run}: submits a goal and shows the task until it ends. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Run a goal and watch it; starts a server for the time if none answers.",
        footer = "%nCtrl-C cancels the task and shows its end; a second one leaves.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:succeeded", "1:failed", "2:usage", "3:cancelled", "4:waiting for a person", "5:paused"})
final class RunCommand implements Callable<Integer> {

    @Parameters(paramLabel = "GOAL", description = "What should be done, in your own words.")
    String goal = "";

    @Option(
            names = "--file",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Text files to put into the workspace; a relative path is kept.")
    List<Path> files = List.of();

    @Option(
            names = "--check",
            paramLabel = "COMMAND",
            description = "A command that must exit with 0 in the workspace at the end; repeatable.")
    List<String> checks = List.of();

    @Mixin
    TaskOptions more = new TaskOptions();

    @Option(names = "--out", paramLabel = "DIR", description = "Save the artifacts there.")
    @Nullable
    Path out;

    @Mixin
    ServerOptions options = new ServerOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before it calls anything
    CommandSpec spec;

    private final ServerStarter starter;
    private final Output output;

    RunCommand(ServerStarter starter, Output output) {
        this.starter = starter;
        this.output = output;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        TaskBody body = body();
        CtrlC ctrlC = CtrlC.heard();
        TitanApi named = options.api();
        if (options.isServerNamed() || named.answers()) {
            return watch(new WatchedTask(named, true, options.json, output), body, ctrlC);
        }
        try (ServerStarter.Running server = starter.start(this::say)) {
            TitanApi own = options.api(server.api());
            return watch(new WatchedTask(own, false, options.json, output), body, ctrlC);
        }
    }

    private int watch(WatchedTask task, TaskBody body, CtrlC ctrlC) throws IOException, InterruptedException {
        Instant begin = Instant.now();
        task.submit(body);
        return task.watch(ctrlC, begin, out);
    }

    private TaskBody body() {
        try {
            return new TaskBody(goal).files(files).checks(checks).options(more);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void say(String line) {
        Consumer<String> say = options.json
                ? output.notes()::println
                : said -> output.screen().print(new Line(0, "", said, Style.DIM));
        say.accept(line);
    }
}
