package dev.titan.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code titan tasks fork}: another task that goes on after a step of this one. */
@Command(
        name = "fork",
        mixinStandardHelpOptions = true,
        description = "Begin another task with the plan, the transcript and the files of the moment after a step.")
final class ForkCommand implements Callable<Integer> {

    @Option(
            names = "--step",
            required = true,
            paramLabel = "STEP",
            description = "A step that is done: its number in the plan, or its id.")
    String step = "";

    @Option(names = "--goal", paramLabel = "GOAL", description = "Another goal; what is left is then planned anew.")
    @Nullable
    String goal;

    @Mixin
    ForkOptions options = new ForkOptions();

    private final Output output;

    ForkCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("step", step.matches("\\d{1,9}") ? Integer.valueOf(step) : step);
        if (goal != null) {
            body.put("goal", goal);
        }
        return options.begin("fork", body, output);
    }
}
