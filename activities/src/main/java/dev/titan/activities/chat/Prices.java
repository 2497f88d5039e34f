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
 * What models cost: the list that comes with Titan, {@code prices.json}, and what its operator knows better. List prices
 * without discounts: what a provider takes off for its cache makes a bill smaller than the sum here. Immutable.
 */
public final class Prices {

    /** The version of what has no price. */
    public static final String UNKNOWN = "unknown";

    /** Providers name a state of a model by its date: {@code gpt-4.1-2025-04-14}, {@code claude-sonnet-5-20260114}. */
    private static final Pattern DATE = Pattern.compile("-(\\d{4}-\\d{2}-\\d{2}|\\d{8}|latest)$");

    private final String version;
    private final Map<String, Price> models;

    private Prices(String version, Map<String, Price> models) {
        this.version = version;
        this.models = Map.copyOf(models);
    }

    /**
     * A price list as it is written.
     *
     * @param version which one
     * @param models {@code provider/model} → its price
     */
    record Listed(String version, Map<String, Entry> models) {

        Listed {
            requireNonNull(version, "version is missing");
            models = Map.copyOf(models);
        }

        record Entry(
                BigDecimal input,
                BigDecimal output,

                @JsonProperty("long") Price.@Nullable LongPrompt longPrompt) {

            Entry {
                requireNonNull(input, "input is missing");
                requireNonNull(output, "output is missing");
            }
        }

        private Prices prices() {
            Map<String, Price> prices = new HashMap<>();
            models.forEach(
                    (model, entry) -> prices.put(model, new Price(entry.input(), entry.output(), entry.longPrompt())));
            return new Prices(version, prices);
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
            Map<String, Price> all = new HashMap<>(models);
            all.putAll(own.models);
            return new Prices(version + "+" + own.version, all);
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
        String model = (name.provider() == Provider.COMPATIBLE
                        ? name.prefix()
                        : name.provider().wire()) + "/" + name.model();
        return Optional.ofNullable(models.get(model))
                .or(() -> Optional.ofNullable(models.get(DATE.matcher(model).replaceFirst(""))));
    }
}
