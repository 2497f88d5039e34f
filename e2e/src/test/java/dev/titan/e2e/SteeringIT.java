package dev.titan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.titan.testing.system.TitanCommandLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What users ask of a task that runs, through the real server, and what the model and the log make of it. */
@Tag("temporal")
@Tag("postgres")
@Tag("bubblewrap")
@Tag("model")
class SteeringIT {

    private static TitanSystem titan;

    @BeforeAll
    static void start() {
        titan = TitanSystem.start(
                SandboxKind.LOCAL,
                Scripts.yaml("steered-calls"),
                Scripts.yaml("steered-question"),
                Scripts.yaml("steered-count"),
                Scripts.yaml("side-by-side"));
    }

    @AfterAll
    static void stop() {
        titan.close();
    }

    @Test
    void anApprovedCallIsMadeOnceAndADeniedOneNotAtAll() {
        RunningTask task = titan.submit(Map.of("goal", "Write what you may.", "autonomy", "ask_all"));

        task.decide("{\"decision\":\"approve\"}");
        task.decide("{\"decision\":\"deny\",\"note\":\"Not that one.\"}");
        String edit = commandLine(
                "approve",
                task.awaitApproval().path("id").asString(),
                "--arguments",
                "{\"command\":\"echo edited >> log.txt\"}");
        task.decide("{\"decision\":\"approve\"}");

        assertThat(edit).contains("edited  shell of " + task.id());

        task.awaitSuccess();
        assertThat(titan.client().artifact(task.id(), "log.txt"))
                .as(task.story())
                .isEqualTo("first\nedited\n");
        assertThat(lastAnswer(task)).contains("I was told: Not that one.");
        assertThat(task.events())
                .extracting(event -> event.path("type").asString())
                .contains("approval_requested", "approval_decided", "resumed");
    }

    @Test
    void aQuestionWaitsForItsAnswer() {
        RunningTask task = titan.submit("Ask me for a port.");
        task.awaitStatus("waiting");
        assertThat(titan.client().task(task.id()).path("reason").asString()).isEqualTo("input");

        commandLine("answer", task.id(), "port 8080");

        task.awaitSuccess();
        assertThat(lastAnswer(task)).isEqualTo("I use port 8080.");
        assertThat(task.events())
                .extracting(event -> event.path("type").asString())
                .containsSubsequence("input_requested", "message_received", "resumed", "complete");
    }

    @Test
    void aPausedTaskStopsAndSurvivesARestart() {
        RunningTask task = titan.submit("Count until I say stop.");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !titan.client().events(task.id(), "tool_called").isEmpty());
        assertThat(task.ask("pause", "").status()).isEqualTo(200);
        assertThat(task.ask("pause", "").status()).isEqualTo(409);
        task.awaitStatus("paused");

        titan.killAndRestart();
        RunningTask again = titan.again(task);
        assertThat(titan.client().task(task.id()).path("status").asString()).isEqualTo("paused");
        assertThat(again.ask("messages", "{\"text\":\"Stop now.\"}").status()).isEqualTo(200);
        assertThat(again.ask("resume", "").status()).isEqualTo(200);

        again.awaitSuccess();
        assertThat(lastAnswer(again)).isEqualTo("I stop.");
    }

    @Test
    void aBudgetOfThreeModelCallsPausesBeforeTheFourth() {
        RunningTask task = titan.submit(Map.of("goal", "Ask me for a port.", "budget", Map.of("max_model_calls", 3)));
        task.awaitStatus("waiting");
        task.ask("messages", "{\"text\":\"port 1\"}");
        task.awaitStatus("paused");
        JsonNode paused = titan.client().task(task.id());
        assertThat(paused.path("reason").asString()).isEqualTo("budget_reached");
        assertThat(paused.path("usage").path("model_calls").asInt()).isEqualTo(3);

        titan.killAndRestart();
        RunningTask again = titan.again(task);
        assertThat(again.ask("resume", "").status()).isEqualTo(409);
        assertThat(again.ask("budget", "{\"max_model_calls\":20}").status()).isEqualTo(200);

        again.awaitSuccess();
        assertThat(again.events())
                .extracting(event -> event.path("type").asString())
                .containsSubsequence("budget_reached", "paused", "budget_raised", "resumed", "complete");
    }

    /** Twelve steps: a, then b1–b5 beside each other, then c, then d1–d4, then e. */
    @Test
    void independentStepsOverlapAndDependentOnesKeepTheirOrder() {
        RunningTask task = titan.submit("Side by side.");

        task.awaitSuccess();

        assertThat(titan.client().artifact(task.id(), "order.txt"))
                .as(task.story())
                .matches("(?s)a\\n(b\\d\\n){5}c\\n(d\\d\\n){4}e\\n");
        int open = 0;
        int most = 0;
        for (JsonNode event : task.events()) {
            switch (event.path("type").asString()) {
                case "step_started" -> most = Math.max(most, ++open);
                case "step_completed" -> open--;
                default -> {}
            }
        }
        assertThat(most).as("steps in progress at once").isEqualTo(4);
    }

    private static String lastAnswer(RunningTask task) {
        return titan.client()
                .events(task.id(), "step_completed")
                .getLast()
                .path("data")
                .path("result")
                .asString();
    }

    /** Steers as a person at a terminal does, and returns what was printed. */
    private static String commandLine(String verb, String... arguments) {
        List<String> line = new ArrayList<>(
                List.of("tasks", verb, "--server", titan.process().api().toString()));
        line.addAll(List.of(arguments));
        TitanCommandLine command = TitanCommandLine.run(titan.home().path(), Map.of(), line);
        assertThat(command.status()).as(command.output()).isZero();
        return command.output();
    }
}
