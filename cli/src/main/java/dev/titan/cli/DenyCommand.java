package dev.titan.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code titan tasks deny}: a call that waits is not made. */
@Command(
        name = "deny",
        mixinStandardHelpOptions = true,
        description = "Do not let a call that waits be made; the model is told.")
final class DenyCommand implements Callable<Integer> {

    @Mixin
    DecisionOptions options = new DecisionOptions();

    private final Output output;

    DenyCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() throws InterruptedException {
        return options.decide("deny", Map.of(), output);
    }
}
