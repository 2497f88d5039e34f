package dev.titan.activities.chat;

import dev.titan.contracts.chat.Role;
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
 * @param roles models of their own for some roles: role → {@code provider/model}
 * @param delivery how words come
 * @param timeouts how long a model is waited for
 */
public record ModelSettings(
        @Nullable String model,
        @Nullable String apiKey,
        @Nullable String baseUrl,
        Map<String, String> providerKeys,
        Map<Role, String> roles,
        Delivery delivery,
        ModelTimeouts timeouts) {

    /** How a model's words come. Structured replies always come whole: half a JSON object is of use to nobody. */
    public enum Delivery {
        /** Piece by piece, where the provider can. */
        STREAMED,
        /** All at once. */
        WHOLE
    }

    public ModelSettings {
        model = blankAsAbsent(model);
        apiKey = blankAsAbsent(apiKey);
        baseUrl = blankAsAbsent(baseUrl);
        providerKeys = Map.copyOf(providerKeys);
        roles = Map.copyOf(roles);
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
                Map.of(),
                Delivery.STREAMED,
                ModelTimeouts.DEFAULT);
    }

    /** The settings of an OpenAI-compatible server at a base URL. */
    public static ModelSettings openAi(String model, String apiKey, String baseUrl) {
        return new ModelSettings(
                "openai/" + model, apiKey, baseUrl, Map.of(), Map.of(), Delivery.STREAMED, ModelTimeouts.DEFAULT);
    }

    /** Returns the same with other time limits. */
    public ModelSettings withTimeouts(ModelTimeouts other) {
        return new ModelSettings(model, apiKey, baseUrl, providerKeys, roles, delivery, other);
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
        return "ModelSettings[model=%s, roles=%s, baseUrl=%s, keys=%s]"
                .formatted(model, roles, baseUrl, providerKeys.keySet());
    }

    private static @Nullable String blankAsAbsent(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }
}
