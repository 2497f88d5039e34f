package dev.titan.activities.chat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which model answers when a task names none, and the keys to ask with.
 *
 * @param model {@code provider/model}; absent: the usual model of the first provider whose key is known
 * @param apiKey the key for that model's provider; absent: the provider's own variable
 * @param baseUrl where that model's provider answers, such as {@code http://127.0.0.1:11434/v1}; absent: its public address
 * @param providerKeys the providers' own variables, name → value
 * @param answerTimeout for one whole answer, from the request's first byte to the answer's last
 * @param connectTimeout for reaching the provider
 */
public record ModelSettings(
        @Nullable String model,
        @Nullable String apiKey,
        @Nullable String baseUrl,
        Map<String, String> providerKeys,
        Duration answerTimeout,
        Duration connectTimeout) {

    /** Models that think before they answer take up to a minute and a half; twice that is a hang. */
    public static final Duration DEFAULT_ANSWER_TIMEOUT = Duration.ofMinutes(2);

    /** A provider that cannot be reached in that time is down. */
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);

    public ModelSettings {
        model = blankAsAbsent(model);
        apiKey = blankAsAbsent(apiKey);
        baseUrl = blankAsAbsent(baseUrl);
        providerKeys = Map.copyOf(providerKeys);
        if (!answerTimeout.isPositive() || !connectTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "timeouts must be positive: %s, %s".formatted(answerTimeout, connectTimeout));
        }
    }

    /** Reads {@code LLM_MODEL}, {@code LLM_API_KEY}, {@code LLM_BASE_URL} and the providers' own key variables. */
    public static ModelSettings of(Map<String, String> environment) {
        Map<String, String> keys = new HashMap<>();
        for (Provider provider : Provider.values()) {
            for (String variable : provider.keyVariables()) {
                String value = blankAsAbsent(environment.get(variable));
                if (value != null) {
                    keys.put(variable, value);
                }
            }
        }
        return new ModelSettings(
                environment.get("LLM_MODEL"),
                environment.get("LLM_API_KEY"),
                environment.get("LLM_BASE_URL"),
                keys,
                DEFAULT_ANSWER_TIMEOUT,
                DEFAULT_CONNECT_TIMEOUT);
    }

    /** The settings of an OpenAI-compatible server at a base URL. */
    public static ModelSettings openAi(String model, String apiKey, String baseUrl) {
        return new ModelSettings(
                "openai/" + model, apiKey, baseUrl, Map.of(), DEFAULT_ANSWER_TIMEOUT, DEFAULT_CONNECT_TIMEOUT);
    }

    /** Returns the same with other time limits. */
    public ModelSettings withTimeouts(Duration answer, Duration connect) {
        return new ModelSettings(model, apiKey, baseUrl, providerKeys, answer, connect);
    }

    /** Returns the model a task without a wish of its own gets; empty when nothing is configured. */
    public Optional<String> usualModel() {
        if (model != null) {
            return Optional.of(model);
        }
        for (Provider provider : Provider.values()) {
            if (provider.usualModel() != null
                    && provider.keyVariables().stream().anyMatch(providerKeys::containsKey)) {
                return Optional.of(provider.wire() + "/" + provider.usualModel());
            }
        }
        return Optional.empty();
    }

    /** Never shows a key. */
    @Override
    public String toString() {
        return "ModelSettings[model=%s, baseUrl=%s, keys=%s]".formatted(model, baseUrl, providerKeys.keySet());
    }

    private static @Nullable String blankAsAbsent(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }
}
