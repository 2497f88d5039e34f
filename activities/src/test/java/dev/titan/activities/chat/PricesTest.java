package dev.titan.activities.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.contracts.chat.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PricesTest {

    @TempDir
    Path directory;

    private final Prices shipped = Prices.shipped();

    @Test
    void theListThatComesWithTitanHasEveryUsualModel() {
        for (Provider provider : Provider.values()) {
            if (provider.usualModel() != null) {
                assertThat(shipped.of(ModelName.parse(provider.wire() + "/" + provider.usualModel())))
                        .as(provider.wire())
                        .isPresent();
            }
        }
        assertThat(shipped.version()).matches("\\d{4}-\\d{2}-\\d{2}");
    }

    @Test
    void aCallCostsWhatItsTokensDo() {
        assertThat(usd("openai/gpt-4.1", 1_000, 500))
                .hasValueSatisfying(usd -> assertThat(usd).isEqualByComparingTo("0.006"));
        assertThat(usd("google/gemini-2.5-flash", 1_000_000, 0))
                .hasValueSatisfying(usd -> assertThat(usd).isEqualByComparingTo("0.3"));
    }

    @Test
    void aLongPromptCostsMore() {
        assertThat(usd("openai/gpt-5.4", 272_000, 0))
                .hasValueSatisfying(usd -> assertThat(usd).isEqualByComparingTo("0.68"));
        assertThat(usd("openai/gpt-5.4", 300_000, 100))
                .hasValueSatisfying(usd -> assertThat(usd).isEqualByComparingTo("1.50225"));
    }

    @Test
    void aStateOfAModelCostsWhatTheModelDoes() {
        assertThat(shipped.of(ModelName.parse("openai/gpt-4.1-2025-04-14")))
                .isEqualTo(shipped.of(ModelName.parse("openai/gpt-4.1")));
        assertThat(shipped.of(ModelName.parse("anthropic/claude-sonnet-4-5-20250929")))
                .isEqualTo(shipped.of(ModelName.parse("anthropic/claude-sonnet-4-5")));
    }

    @Test
    void whatIsNotListedHasNoPrice() {
        assertThat(shipped.of(ModelName.parse("openai/gpt-99"))).isEmpty();
        assertThat(shipped.of(ModelName.parse("ollama/llama3.1"))).isEmpty();
        assertThat(shipped.of(ModelName.parse("elsewhere/gpt-4.1"))).isEmpty();
    }

    @Test
    void theOperatorKnowsBetter() throws IOException {
        Path file = Files.writeString(directory.resolve("own.json"), """
                {"version": "mine", "models": {"openai/gpt-4.1": {"input": 1, "output": 1},
                                               "elsewhere/any": {"input": 0, "output": 0.5}}}""");
        Prices own = shipped.with(file);

        assertThat(own.version()).endsWith("+mine");
        assertThat(own.of(ModelName.parse("openai/gpt-4.1")).orElseThrow().input())
                .isEqualByComparingTo("1");
        assertThat(own.of(ModelName.parse("elsewhere/any"))).isPresent();
        assertThat(own.of(ModelName.parse("openai/gpt-5"))).isEqualTo(shipped.of(ModelName.parse("openai/gpt-5")));
    }

    @Test
    void aModelsContextIsListedBesideItsPriceOrAlone() throws IOException {
        Path file = Files.writeString(directory.resolve("own.json"), """
                {"version": "mine", "models": {"ollama/llama3.1": {"context": 8192},
                                               "openai/gpt-4o": {"input": 1, "output": 1}}}""");
        Prices own = shipped.with(file);

        assertThat(shipped.contextTokens(ModelName.parse("anthropic/claude-sonnet-4-5-20250929")))
                .hasValue(200_000);
        assertThat(shipped.contextTokens(ModelName.parse("ollama/llama3.1"))).isEmpty();
        assertThat(own.contextTokens(ModelName.parse("ollama/llama3.1"))).hasValue(8_192);
        assertThat(own.of(ModelName.parse("ollama/llama3.1"))).isEmpty();
        assertThat(own.contextTokens(ModelName.parse("openai/gpt-4o"))).hasValue(128_000);
    }

    @Test
    void aContextThatHoldsNoPromptIsRefused() throws IOException {
        Path file = Files.writeString(
                directory.resolve("small.json"), "{\"version\": \"1\", \"models\": {\"a/b\": {\"context\": 100}}}");

        assertThatThrownBy(() -> shipped.with(file)).hasMessageContaining("2000 tokens");
    }

    @Test
    void aFileThatIsNoListIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("broken.json"), "{\"models\": {\"a/b\": {\"input\": 1}}}");

        assertThatThrownBy(() -> shipped.with(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("broken.json");
        assertThatThrownBy(() -> shipped.with(directory.resolve("missing.json")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Optional<BigDecimal> usd(String model, long input, long output) {
        return shipped.of(ModelName.parse(model)).map(price -> price.of(new Usage(1, input, output)));
    }
}
