package dev.titan.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code titan tasks retry}: another task that takes up again what this one has not done. */
@Command(
        name = "retry",
        mixinStandardHelpOptions = true,
        description = "Begin another task that goes on where this one, which has failed or was cancelled, got stuck.")
final class RetryCommand implements Callable<Integer> {

    @Mixin
    ForkOptions options = new ForkOptions();

    private final Output output;

    RetryCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return options.begin("retry", Map.of(), output);
    }
}
