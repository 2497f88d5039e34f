package dev.titan.activities.chat;

import dev.titan.contracts.chat.Role;
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

    /** Tasks may name models freely; beyond this many a model is built anew for every call. */
    private static final int KEPT_MAX = 64;

    private final ModelSettings settings;
    private final Prices prices;
    private final Clock clock;
    private final ProviderClients clients;
    private final Map<String, LanguageModel> kept = new ConcurrentHashMap<>();

    /** The models with the prices that come with Titan. */
    public ModelCatalog(ModelSettings settings, Clock clock) {
        this(settings, Prices.shipped(), clock);
    }

    public ModelCatalog(ModelSettings settings, Prices prices, Clock clock) {
        this.settings = settings;
        this.prices = prices;
        this.clock = clock;
        this.clients = new ProviderClients(new ProviderHttpBuilder(
                HttpClient.newBuilder()
                        .connectTimeout(settings.timeouts().connect())
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build(),
                settings.timeouts()));
    }

    /** Returns which list of prices is used. */
    public String pricesVersion() {
        return prices.version();
    }

    /**
     * Returns the model that answers for a role: its own where the configuration gives it one, whatever the task wishes.
     *
     * @param wanted {@code provider/model}, or absent for the usual one
     * @throws ChatException.KeyMissing when no model is configured, or none of its provider's keys
     * @throws ChatException.ModelUnknown when the name is none
     */
    public LanguageModel model(Role role, @Nullable String wanted) {
        String own = settings.roles().get(role);
        return model(own == null ? wanted : own);
    }

    /**
     * Returns how many tokens the model that answers for a role can take at once, where that is listed.
     *
     * @param wanted {@code provider/model}, or absent for the usual one
     */
    public Optional<Integer> contextTokens(Role role, @Nullable String wanted) {
        String own = settings.roles().get(role);
        return Optional.ofNullable(own == null ? wanted : own)
                .or(settings::usualModel)
                .map(ModelName::parse)
                .flatMap(prices::contextTokens);
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
        var access = new ProviderClients.Access(name, key.orElse(""), baseUrl);
        StreamedChat streamed = switch (settings.delivery()) {
            case STREAMED -> new StreamedChat(name, clients.streamed(access));
            case WHOLE -> null;
        };
        ProviderFailure failures = new ProviderFailure(name, access.key());
        return new LanguageModel(
                name,
                clients.whole(access),
                streamed,
                failures,
                new Meter(clock, prices.of(name).orElse(null)));
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
