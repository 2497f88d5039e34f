package dev.titan.activities.reasoning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.chat.Message;
import dev.titan.contracts.chat.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenEstimateTest {

    @Test
    void fourBytesAreATokenUntilTheProviderSaysOtherwise() {
        assertThat(TokenEstimate.UNCORRECTED.tokens(4_000)).isEqualTo(1_000);
        assertThat(TokenEstimate.UNCORRECTED.tokens(1)).isEqualTo(1);
        assertThat(TokenEstimate.UNCORRECTED.bytes(1_000)).isEqualTo(4_000);
        assertThat(TokenEstimate.corrected(4_000, 0)).isEqualTo(TokenEstimate.UNCORRECTED);
    }

    @Test
    void whatTheProviderHasCountedIsTheBestGuide() {
        TokenEstimate dense = TokenEstimate.corrected(3_000, 1_500);

        assertThat(dense.tokens(10_000)).isEqualTo(5_000);
        assertThat(dense.bytes(5_000)).isEqualTo(10_000);
    }

    @Test
    void aReportNobodyCanBelieveIsBelievedAsFarAsItCan() {
        assertThat(TokenEstimate.corrected(1_000_000, 3).tokens(8_000)).isEqualTo(1_000);
        assertThat(TokenEstimate.corrected(10, 1_000_000).tokens(8_000)).isEqualTo(8_000);
    }

    @Test
    void everythingThatIsSentCounts() {
        Message call = new Message.Reply(
                1, "Ja, größer.", List.of(new Message.AskedCall("a", "shell", "{}")), "openai/any", Usage.NONE);

        assertThat(TokenEstimate.bytes(List.of(call))).isEqualTo(16 + 13 + 16 + 5 + 2);
        assertThat(TokenEstimate.bytes(List.of(new Message.Result("a", "shell", "x".repeat(100), false))))
                .isEqualTo(116);
    }
}
