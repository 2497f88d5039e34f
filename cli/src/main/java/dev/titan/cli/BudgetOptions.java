package dev.titan.cli;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a task may spend before it pauses; a part that is not named stays as it is. */
final class BudgetOptions {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli fills it in before it calls anything
    CommandSpec command;

    @Option(names = "--max-usd", paramLabel = "USD", description = "US dollars for model calls whose price is known.")
    @Nullable
    BigDecimal maxUsd;

    @Option(names = "--max-tokens", paramLabel = "N", description = "Input and output tokens together.")
    @Nullable
    Long maxTokens;

    @Option(names = "--max-seconds", paramLabel = "N", description = "Wall time since the task began.")
    @Nullable
    Long maxSeconds;

    @Option(names = "--max-model-calls", paramLabel = "N", description = "Calls of models.")
    @Nullable
    Integer maxModelCalls;

    @Option(names = "--max-tool-calls", paramLabel = "N", description = "Calls of tools.")
    @Nullable
    Integer maxToolCalls;

    /** Returns the body of the request; without any part this is a wrong command line. */
    Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        put(body, "max_usd", maxUsd);
        put(body, "max_tokens", maxTokens);
        put(body, "max_seconds", maxSeconds);
        put(body, "max_model_calls", maxModelCalls);
        put(body, "max_tool_calls", maxToolCalls);
        if (body.isEmpty()) {
            throw new ParameterException(command.commandLine(), "Say what to raise, for example: --max-model-calls 40");
        }
        return body;
    }

    private static void put(Map<String, Object> body, String name, @Nullable Number value) {
        if (value != null) {
            body.put(name, value);
        }
    }
}
