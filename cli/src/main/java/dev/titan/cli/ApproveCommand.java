package dev.titan.cli;

import dev.titan.contracts.json.TitanJson;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code titan tasks approve}: a call that waits is made, as it is or with other arguments. */
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description = "Let a call that waits be made, as it is or with the arguments you give.")
final class ApproveCommand implements Callable<Integer> {

    @Option(
            names = "--arguments",
            paramLabel = "JSON",
            description = "Make it with these arguments instead: a JSON object, all of them; the model is told.")
    @Nullable
    String arguments;

    @Mixin
    DecisionOptions options = new DecisionOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in before it calls anything
    CommandSpec spec;

    private final Output output;

    ApproveCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() throws InterruptedException {
        return arguments == null
                ? options.decide("approve", Map.of(), output)
                : options.decide("edit", Map.of("arguments", object(arguments)), output);
    }

    private JsonNode object(String json) {
        try {
            JsonNode read = TitanJson.mapper().readTree(json);
            if (read.isObject()) {
                return read;
            }
        } catch (JacksonException e) {
            // Answered below, like JSON of another kind.
        }
        throw new ParameterException(
                spec.commandLine(), "--arguments is no JSON object, such as '{\"url\": \"https://example.org\"}'");
    }
}
