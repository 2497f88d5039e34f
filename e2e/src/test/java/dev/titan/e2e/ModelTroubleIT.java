package dev.titan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.titan.testing.model.AskedRole;
import dev.titan.testing.model.Fault;
import dev.titan.testing.model.FaultRule;
import dev.titan.testing.model.ModelRequest;
import dev.titan.testing.model.ModelScript;
import dev.titan.testing.model.ScriptedReply;
import dev.titan.testing.system.TestHome;
import dev.titan.testing.system.TitanProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A model that cannot be used ends the task soon, with words that say what to do. */
@Tag("bubblewrap")
@Tag("temporal")
@Tag("postgres")
@Tag("model")
class ModelTroubleIT {

    /** The bound that is promised, with the time-out of a model's answer set to seconds. */
    private static final Duration END_WITHIN = Duration.ofMinutes(2);

    /** Every request for its goal meets the fault. */
    private record Troubled(String goal, Fault fault) implements ModelScript {

        @Override
        public String name() {
            return goal;
        }

        @Override
        public boolean plays(String other) {
            return other.equals(goal);
        }

        @Override
        public ScriptedReply turn(ModelRequest request) {
            throw new IllegalStateException("the %s is asked, who never should be".formatted(AskedRole.EXECUTOR));
        }

        @Override
        public List<FaultRule> faults() {
            return List.of(new FaultRule(null, 1, 0, fault));
        }
    }

    private static TitanSystem titan;

    @BeforeAll
    static void start() {
        titan = TitanSystem.start(
                SandboxKind.LOCAL,
                Map.of("TITAN_MODEL_TIMEOUT", "2s"),
                new Troubled("wrong key", Fault.unauthorized()),
                new Troubled("no answer", new Fault.Hang()),
                new Troubled("half an answer", new Fault.HangMidway()),
                new Troubled("no JSON", new Fault.MalformedBody()),
                new Troubled("garbage", new Fault.Garbage()));
    }

    @AfterAll
    static void stop() {
        if (titan != null) {
            titan.close();
        }
    }

    @Test
    void endsWhenTheKeyIsRefused() {
        assertThat(errorOf("wrong key")).containsIgnoringCase("key").contains("401");
    }

    @Test
    void endsWhenTheProviderHangs() {
        assertThat(errorOf("no answer")).containsIgnoringCase("2 s");
        assertThat(errorOf("half an answer")).containsIgnoringCase("2 s");
    }

    @Test
    void endsWhenTheProviderAnswersGarbage() {
        assertThat(errorOf("no JSON")).isNotBlank();
        assertThat(errorOf("garbage")).isNotBlank();
    }

    @Test
    void endsWhenThereIsNoKey() {
        try (TestHome home = TestHome.create();
                TitanProcess keyless = TitanProcess.up(
                        home.path(),
                        Map.of("LLM_MODEL", "openai/gpt-5", "TITAN_SANDBOX", SandboxKind.LOCAL.setting()))) {
            RunningTask task =
                    new RunningTask(keyless.client(), keyless.client().submit(Map.of("goal", "anything")));

            assertThat(errorOf(task)).contains("LLM_API_KEY");
        }
    }

    private static String errorOf(String goal) {
        return errorOf(titan.submit(goal));
    }

    private static String errorOf(RunningTask task) {
        await().alias("end of " + task.id())
                .atMost(END_WITHIN)
                .until(() -> task.client().ended(task.id()));
        task.awaitFailure("model_error");
        List<JsonNode> errors = task.events("error");
        assertThat(errors).hasSize(1);
        return errors.getFirst().path("data").path("message").asString();
    }
}
