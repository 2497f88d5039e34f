package dev.titan.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** {@code titan tasks approvals}: the calls that wait for a person. */
@Command(
        name = "approvals",
        mixinStandardHelpOptions = true,
        description = "The calls of all tasks that wait for a person, each with its exact arguments, oldest first.")
final class ApprovalsCommand implements Callable<Integer> {

    @Mixin
    ServerOptions options = new ServerOptions();

    private final Output output;

    ApprovalsCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() throws InterruptedException {
        for (JsonNode call : options.api().approvals()) {
            if (options.json) {
                output.json(call);
            } else {
                output.screen()
                        .print(Line.of("%s  %s  %s %s"
                                .formatted(
                                        call.path("id").asString(""),
                                        call.path("task_id").asString(""),
                                        call.path("tool").asString(""),
                                        call.path("arguments"))));
            }
        }
        return ExitCode.SUCCEEDED;
    }
}
