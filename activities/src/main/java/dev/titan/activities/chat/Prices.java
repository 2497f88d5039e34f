package dev.titan.activities.chat;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.titan.contracts.json.TitanJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What models cost, and how much they read at once: the list that comes with Titan, {@code prices.json}, and what its
 * operator knows better. List prices without discounts: what a provider takes off for its cache makes a bill smaller than
 * the sum here. Immutable.
 */
public final class Prices {

    /** The version of what has no price. */
    public static final String UNKNOWN = "unknown";

    /** Providers name a state of a model by its date: {@code gpt-4.1-2025-04-14}, {@code claude-sonnet-5-20260114}. */
    private static final Pattern DATE = Pattern.compile("-(\\d{4}-\\d{2}-\\d{2}|\\d{8}|latest)$");

    /** Less holds no prompt of Titan's: its instructions and the tools' descriptions alone take about as much. */
    static final int CONTEXT_TOKENS_MIN = 2_000;

    private final String version;
    private final Map<String, Price> models;
    private final Map<String, Integer> contexts;

    private Prices(String version, Map<String, Price> models, Map<String, Integer> contexts) {
        this.version = version;
        this.models = Map.copyOf(models);
        this.contexts = Map.copyOf(contexts);
    }

    /**
     * A price list as it is written.
     *
     * @param version which one
     * @param models {@code provider/model} → its price, its context in tokens, or both
     */
    record Listed(String version, Map<String, Entry> models) {

        Listed {
            requireNonNull(version, "version is missing");
            models = Map.copyOf(models);
        }

        record Entry(
                @Nullable BigDecimal input,
                @Nullable BigDecimal output,

                @JsonProperty("long") Price.@Nullable LongPrompt longPrompt,

                @Nullable Integer context) {

            Entry {
                if ((input == null) != (output == null)) {
                    throw new IllegalArgumentException(input == null ? "input is missing" : "output is missing");
                }
                if (input == null && context == null) {
                    throw new IllegalArgumentException("input, output and context are missing");
                }
                if (context != null && context < CONTEXT_TOKENS_MIN) {
                    throw new IllegalArgumentException(
                            "a context has at least %d tokens, not %d".formatted(CONTEXT_TOKENS_MIN, context));
                }
            }

            Optional<Price> price() {
                return input == null || output == null
                        ? Optional.empty()
                        : Optional.of(new Price(input, output, longPrompt));
            }
        }

        private Prices prices() {
            Map<String, Price> prices = new HashMap<>();
            Map<String, Integer> contexts = new HashMap<>();
            models.forEach((model, entry) -> {
                entry.price().ifPresent(price -> prices.put(model, price));
                if (entry.context() != null) {
                    contexts.put(model, entry.context());
                }
            });
            return new Prices(version, prices, contexts);
        }
    }

    /** Returns the list that comes with Titan. */
    public static Prices shipped() {
        try (InputStream list = Prices.class.getResourceAsStream("/prices.json")) {
            if (list == null) {
                throw new IllegalStateException("the class path has no /prices.json");
            }
            return TitanJson.mapper().readValue(list, Listed.class).prices();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns these prices and, before them, those of a file of the same form; one that is none is an {@link IllegalArgumentException}. */
    public Prices with(Path file) {
        try {
            Prices own = TitanJson.mapper()
                    .readValue(Files.readString(file), Listed.class)
                    .prices();
            Map<String, Price> prices = new HashMap<>(models);
            prices.putAll(own.models);
            Map<String, Integer> windows = new HashMap<>(contexts);
            windows.putAll(own.contexts);
            return new Prices(version + "+" + own.version, prices, windows);
        } catch (IOException | JacksonException e) {
            throw new IllegalArgumentException("%s is no list of prices: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** Returns which list this is. */
    public String version() {
        return version;
    }

    /** Returns the price of a model, also when its name says which state of it is meant. */
    Optional<Price> of(ModelName name) {
        return listed(models, name);
    }

    /** Returns how many tokens a model's context has, also when its name says which state of it is meant. */
    Optional<Integer> contextTokens(ModelName name) {
        return listed(contexts, name);
    }

    private static <T> Optional<T> listed(Map<String, T> models, ModelName name) {
        String model = (name.provider() == Provider.COMPATIBLE
                        ? name.prefix()
                        : name.provider().wire()) + "/" + name.model();
        return Optional.ofNullable(models.get(model))
                .or(() -> Optional.ofNullable(models.get(DATE.matcher(model).replaceFirst(""))));
    }
}
