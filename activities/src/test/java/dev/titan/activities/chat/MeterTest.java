package dev.titan.activities.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.output.TokenUsage;
import dev.titan.contracts.chat.Usage;
import java.math.BigDecimal;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class MeterTest {

    private final Meter unpriced = new Meter(Clock.systemUTC(), null);

    @Test
    void countsWhatIsSaid() {
        assertThat(unpriced.usage(new TokenUsage(12, 5))).isEqualTo(new Usage(1, 12, 5));
        assertThat(unpriced.usage(new TokenUsage(12, null))).isEqualTo(new Usage(1, 12, 0));
        assertThat(unpriced.usage(null)).isEqualTo(new Usage(1, 0, 0));
    }

    @Test
    void countsWhatCameFromACacheAsRead() {
        TokenUsage usage = AnthropicTokenUsage.builder()
                .inputTokenCount(10)
                .outputTokenCount(5)
                .cacheCreationInputTokens(200)
                .cacheReadInputTokens(3_000)
                .build();

        assertThat(unpriced.usage(usage)).isEqualTo(new Usage(1, 3_210, 5));
    }

    @Test
    void saysWhatItCostsWhereThePriceIsKnown() {
        Meter meter = new Meter(Clock.systemUTC(), new Price(new BigDecimal("2"), new BigDecimal("8"), null));

        assertThat(meter.usage(new TokenUsage(1_000, 500)).usd()).isEqualByComparingTo("0.006");
    }
}
