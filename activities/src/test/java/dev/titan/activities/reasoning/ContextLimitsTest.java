package dev.titan.activities.reasoning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ContextLimitsTest {

    @Test
    void theDigestHasFourThousandTokensUnlessConfigured() {
        assertThat(ContextLimits.DEFAULT.digestTokens()).isEqualTo(4_000);
        assertThat(new ContextLimits(500, 8_000).windowTokens()).isEqualTo(8_000);
    }

    @Test
    void whatCannotBeKeptIsRefusedByTheNameOfTheSetting() {
        assertThatThrownBy(() -> new ContextLimits(499, 128_000))
                .hasMessageContaining("titan.context.digest-tokens")
                .hasMessageContaining("499");
        assertThatThrownBy(() -> new ContextLimits(5_000, 9_999)).hasMessageContaining("titan.context.digest-tokens");
        assertThatThrownBy(() -> new ContextLimits(1_000, 7_999)).hasMessageContaining("titan.context.window-tokens");
    }
}
