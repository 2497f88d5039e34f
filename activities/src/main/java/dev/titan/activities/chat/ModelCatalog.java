package dev.titan.activities.chat;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The models that can be asked, by name. Thread-safe. */
public final class ModelCatalog {

    /** Anthropic wants a limit; every model of the last years writes that much. */
    private static final int ANTHROPIC_TOKENS_MAX = 8_192;

    /** Tasks may name models freely; beyond this many a model is built anew for every call. */
    private static final int KEPT_MAX = 64;

    private final ModelSettings settings;
    private final Clock clock;
    private final HttpClientBuilder http;
    private final Map<String, LanguageModel> kept = new ConcurrentHashMap<>();

    public ModelCatalog(ModelSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.http = new ProviderHttpBuilder(
                HttpClient.newBuilder()
                        .connectTimeout(settings.connectTimeout())
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build(),
                settings.answerTimeout());
    }

    /**
     * Returns the model of that name, or the usual one.
     *
     * @param wanted {@code provider/model}, or absent
     * @throws ChatException.KeyMissing when no model is configured, or none of its provider's keys
     * @throws ChatException.ModelUnknown when the name is none
     */
    public LanguageModel model(@Nullable String wanted) {
        String text = wanted != null
                ? wanted
                : settings.usualModel()
                        .orElseThrow(() -> new ChatException.KeyMissing(
                                "No model is configured. Set LLM_MODEL=provider/model and LLM_API_KEY, or one of %s."
                                        .formatted(String.join(", ", everyKeyVariable()))));
        LanguageModel known = kept.get(text);
        if (known != null) {
            return known;
        }
        LanguageModel made = made(ModelName.parse(text));
        if (kept.size() < KEPT_MAX) {
            kept.putIfAbsent(text, made);
        }
        return made;
    }

    private LanguageModel made(ModelName name) {
        boolean usual = name.prefix().equals(usualPrefix());
        String baseUrl = usual ? settings.baseUrl() : null;
        Optional<String> key = key(name, usual);
        boolean needsKey = !name.provider().keyVariables().isEmpty() && baseUrl == null;
        if (needsKey && key.isEmpty()) {
            throw new ChatException.KeyMissing("No API key for %s. Set %s, or LLM_MODEL=%s and LLM_API_KEY."
                    .formatted(name, String.join(" or ", name.provider().keyVariables()), name));
        }
        if (name.provider() == Provider.COMPATIBLE && baseUrl == null) {
            throw new ChatException.ModelUnknown(
                    "The provider '%s' is not known. Use openai, anthropic, gemini or ollama, or set LLM_BASE_URL to a server that speaks OpenAI's format."
                            .formatted(name.prefix()),
                    RetryAdvice.NONE,
                    null);
        }
        String secret = key.orElse("");
        return new LanguageModel(name, client(name, secret, baseUrl), new ProviderFailure(name, secret), clock);
    }

    private ChatModel client(ModelName name, String key, @Nullable String baseUrl) {
        return switch (name.provider()) {
            case OPENAI, COMPATIBLE -> {
                var builder = OpenAiChatModel.builder()
                        .httpClientBuilder(http)
                        .maxRetries(0)
                        .apiKey(key.isEmpty() ? "none" : key) // local servers need none, the client insists on one
                        .modelName(name.model());
                yield (baseUrl == null ? builder : builder.baseUrl(baseUrl)).build();
            }
            case ANTHROPIC -> {
                var builder = AnthropicChatModel.builder()
                        .httpClientBuilder(http)
                        .maxRetries(0)
                        .apiKey(key)
                        .maxTokens(ANTHROPIC_TOKENS_MAX)
                        .cacheSystemMessages(true)
                        .cacheTools(true)
                        .modelName(name.model());
                yield (baseUrl == null ? builder : builder.baseUrl(baseUrl)).build();
            }
            case GEMINI -> {
                var builder = GoogleAiGeminiChatModel.builder()
                        .httpClientBuilder(http)
                        .maxRetries(0)
                        .apiKey(key)
                        .modelName(name.model());
                yield (baseUrl == null ? builder : builder.baseUrl(baseUrl)).build();
            }
            case OLLAMA ->
                OllamaChatModel.builder()
                        .httpClientBuilder(http)
                        .maxRetries(0)
                        .baseUrl(baseUrl == null ? "http://127.0.0.1:11434" : baseUrl)
                        .modelName(name.model())
                        .build();
        };
    }

    private Optional<String> key(ModelName name, boolean usual) {
        if (usual && settings.apiKey() != null) {
            return Optional.of(settings.apiKey());
        }
        return name.provider().keyVariables().stream()
                .map(settings.providerKeys()::get)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private @Nullable String usualPrefix() {
        return settings.usualModel()
                .map(ModelName::parse)
                .map(ModelName::prefix)
                .orElse(null);
    }

    private static List<String> everyKeyVariable() {
        return Arrays.stream(Provider.values())
                .flatMap(provider -> provider.keyVariables().stream())
                .toList();
    }
}
