package dev.titan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.testing.system.TestHome;
import dev.titan.testing.system.TitanProcess;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A model that cannot even be asked ends the task soon, with words that say what to do. */
@Tag("bubblewrap")
@Tag("temporal")
@Tag("postgres")
@Tag("model")
class ModelTroubleIT {

    @Test
    void endsWhenThereIsNoKey() {
        try (TestHome home = TestHome.create();
                TitanProcess keyless = TitanProcess.up(
                        home.path(),
                        Map.of("LLM_MODEL", "openai/gpt-5", "TITAN_SANDBOX", SandboxKind.LOCAL.setting()))) {
            RunningTask task =
                    new RunningTask(keyless.client(), keyless.client().submit(Map.of("goal", "anything")));

            task.awaitFailure("model_error");
            assertThat(task.events("error"))
                    .singleElement()
                    .satisfies(error -> assertThat(
                                    error.path("data").path("message").asString())
                            .contains("LLM_API_KEY"));
        }
    }
}
