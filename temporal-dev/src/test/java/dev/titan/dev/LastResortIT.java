package dev.titan.dev;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.dev.home.StackPorts;
import dev.titan.dev.home.TitanHome;
import dev.titan.dev.temporal.TemporalCliFinder.FetchPolicy;
import dev.titan.dev.temporal.TemporalService;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("postgres")
class LastResortIT {

    @TempDir
    private Path home;

    @Test
    void servesFromMemoryAndSaysSoWhenNoCliCanBeHad() {
        EmbeddedStackOptions options = new EmbeddedStackOptions(
                new TitanHome(home),
                StackPorts.ANY,
                home.resolve("postgres"),
                FetchPolicy.REFUSE,
                Map.of(),
                line -> {});

        try (EmbeddedStack stack = EmbeddedStack.start(options)) {
            assertThat(stack.temporal()).isInstanceOf(TemporalService.InMemory.class);
            assertThat(stack.temporal().banner())
                    .startsWith("Temporal in memory: RUNS WILL NOT SURVIVE A RESTART.")
                    .contains("TITAN_TEMPORAL_CLI");
            assertThat(stack.temporalProcess()).isEmpty();
        }
    }
}
