package dev.titan.cli;

import static dev.titan.cli.TestEvents.TASK;
import static dev.titan.cli.TestEvents.plan;
import static dev.titan.cli.TestEvents.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.task.TaskReason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TitanCommandTest {

    private static final String ARTIFACT = "art-01234567-89ab-7def-8123-456789abcdef";
    private final SmallServer server = new SmallServer()
            .on("GET /health", "{\"status\":\"alive\"}")
            .on("GET /ready", "{\"status\":\"ready\",\"temporal_ui\":\"http://127.0.0.1:8233\"}")
            .on("GET /v1/tasks/%s/artifacts".formatted(TASK), "{\"data\":[]}")
            .on(
                    "POST /v1/tasks",
                    _ -> SmallServer.Answer.json(202, "{\"taskId\":\"%s\",\"id\":\"%s\"}".formatted(TASK, TASK)));

    private final Terminal terminal = new Terminal(server);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void runShowsATaskToItsEndAndItsArtifacts() {
        succeeds();
        server.on(
                "GET /v1/tasks/%s/artifacts".formatted(TASK),
                "{\"data\":[{\"id\":\"%s\",\"kind\":\"file\",\"name\":\"app.js\",\"size_bytes\":120}]}"
                        .formatted(ARTIFACT));

        assertThat(terminal.titan("run", "Greet")).isZero();

        assertThat(terminal.screen().replaceAll("(?m)^\\d+\\.\\d s ·", "N s ·"))
                .isEqualTo("""
                Task %1$s

                Plan
                  ○ greet  Say hello

                ● 1/1  Say hello
                  $ echo hello
                    hello
                    0.0 s
                  ✓ done · 4.0 s

                ✓ Succeeded
                  Hello was said.

                Artifacts
                  app.js       120 B  %2$s
                  Save them: ./titan tasks artifacts %1$s --out DIR

                N s · 4 model calls · 1,234 tokens · %1$s
                Temporal: http://127.0.0.1:8233/namespaces/default/workflows/%1$s
                """.formatted(TASK, ARTIFACT));
    }

    @Test
    void runSendsWhatTheCommandLineSays(@TempDir Path directory) throws IOException {
        succeeds();
        Path file = Files.writeString(directory.resolve("data.csv"), "a,b\n");

        terminal.titan(
                "run",
                "--check",
                "test -f x",
                "--check",
                "true",
                "--model",
                "openai/x",
                "--max-steps",
                "7",
                "Greet",
                "--file",
                file.toString());

        String request = server.requests().stream()
                .filter(sent -> sent.startsWith("POST"))
                .findFirst()
                .orElseThrow();
        assertThat(request).contains("Authorization: Bearer secret");
        assertThat(TitanJson.mapper().readTree(request.substring(request.indexOf("\r\n\r\n"))))
                .isEqualTo(TitanJson.mapper()
                        .valueToTree(Map.of(
                                "goal", "Greet",
                                "context", Map.of("files", Map.of("data.csv", "a,b\n")),
                                "model", "openai/x",
                                "budget", Map.of("max_steps", 7),
                                "success_criteria",
                                        List.of(
                                                Map.of("says", "test -f x", "command", "test -f x"),
                                                Map.of("says", "true", "command", "true")))));
    }

    @Test
    void runTellsWhyStepsAreNotDone() {
        server.events(new TestEvents()
                        .then(
                                new TaskEvent.PlanGenerated(plan(1, step("a", "Look"), step("b", "Report", "a"))),
                                new TaskEvent.Failed(TaskReason.STUCK, "No plan helped."))
                        .list())
                .on("GET /v1/tasks/" + TASK, """
                        {"id":"%s","status":"failed","plan":{
                         "steps":[{"id":"a","status":"failed","error":"no\\n such file"},
                                  {"id":"b","status":"blocked","reason":"It depends on step a, which has failed: no"},
                                  {"id":"c","status":"succeeded"}],
                         "dropped":[{"id":"d","status":"skipped","reason":"Version 2 of the plan leaves it out: x"}]}}
                        """.formatted(TASK));

        assertThat(terminal.titan("run", "Greet")).isEqualTo(1);

        assertThat(terminal.screen()).contains("""

                Not done
                  ✗ a  failed: no such file
                  ⊘ b  blocked: It depends on step a, which has failed: no
                  – d  skipped: Version 2 of the plan leaves it out: x

                """);
    }

    @Test
    void jsonIsEveryEventAsItCameAndTheOutcome() {
        server.rawEvent("{\"seq\":1,\"type\":\"from_the_future\",\"data\":{\"x\":[1]}}")
                .rawEvent(
                        "{\"seq\":2,\"task_id\":\"%s\",\"timestamp\":\"2026-11-23T10:00:00Z\",\"type\":\"complete\",\"data\":{\"answer\":\"ok\"}}"
                                .formatted(TASK))
                .on("GET /v1/tasks/" + TASK, status("succeeded"));

        assertThat(terminal.titan("run", "--json", "Greet")).isZero();

        String[] lines = terminal.data().split("\n", -1);
        assertThat(lines[0]).isEqualTo("{\"seq\":1,\"type\":\"from_the_future\",\"data\":{\"x\":[1]}}");
        JsonNode outcome = TitanJson.mapper().readTree(lines[2]);
        assertThat(outcome.path("type").asString()).isEqualTo("outcome");
        assertThat(outcome.path("status").asString()).isEqualTo("succeeded");
        assertThat(terminal.screen()).isEmpty();
    }

    @Test
    void theExitStatusTellsHowATaskEnded() {
        Map<String, Integer> codes = Map.of("succeeded", 0, "failed", 1, "cancelled", 3, "waiting", 4, "paused", 5);
        server.events(new TestEvents()
                .then(new TaskEvent.Failed(TaskReason.STUCK, "Nothing helps."))
                .list());

        codes.forEach((status, code) -> {
            server.on("GET /v1/tasks/" + TASK, status(status));
            assertThat(terminal.titan("run", "Greet")).as(status).isEqualTo(code);
        });
    }

    @Test
    void aRefusalNamesTheFields() {
        server.on(
                "POST /v1/tasks",
                _ -> SmallServer.Answer.json(
                        400,
                        "{\"detail\":\"'model' is wrong\",\"errors\":[{\"field\":\"model\",\"reason\":\"must look like provider/model\"}]}"));

        assertThat(terminal.titan("run", "--model", "x", "Greet")).isEqualTo(1);

        assertThat(terminal.errors())
                .isEqualTo("titan: 'model' is wrong; model must look like provider/model" + System.lineSeparator());
    }

    @Test
    void aServerThatWasNamedAndDoesNotAnswerIsAnError() {
        server.close();

        assertThat(terminal.titan("run", "Greet")).isEqualTo(1);

        assertThat(terminal.errors())
                .contains("No Titan server answers at " + server.url())
                .contains("./titan up");
    }

    @Test
    void wrongUseIsStatusTwo(@TempDir Path directory) throws IOException {
        Path binary = Files.write(directory.resolve("x.bin"), new byte[] {(byte) 0xff, (byte) 0xfe});

        assertThat(terminal.titan("run")).isEqualTo(2);
        assertThat(terminal.titan("run", "--nonsense", "Greet")).isEqualTo(2);
        assertThat(terminal.titan("run", "Greet", "--file", binary.toString())).isEqualTo(2);
        assertThat(terminal.titan("run", "Greet", "--file", "/nowhere/x")).isEqualTo(2);
        assertThat(terminal.titan("tasks")).isEqualTo(2);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void tasksAreListedShownAndCancelled() {
        server.on(
                        "GET /v1/tasks",
                        "{\"data\":[{\"id\":\"%s\",\"status\":\"running\",\"goal\":\"Greet\\nthem\"}]}".formatted(TASK))
                .on("GET /v1/tasks/" + TASK, status("cancelled"))
                .on("DELETE /v1/tasks/" + TASK, "{\"status\":\"running\",\"detail\":\"It is being cancelled.\"}");

        assertThat(terminal.titan("tasks", "list")).isZero();
        assertThat(terminal.titan("tasks", "cancel", TASK.value())).isZero();
        assertThat(terminal.titan("tasks", "get", TASK.value())).isEqualTo(3);

        assertThat(terminal.screen()).isEqualTo("""
                %1$s  running    Greet them
                %1$s  running  It is being cancelled.
                """.formatted(TASK));
        assertThat(TitanJson.mapper().readTree(terminal.data()).path("status").asString())
                .isEqualTo("cancelled");
    }

    @Test
    void aTaskThatGoesOnFromAnotherIsNamedAndNotWatched() {
        String old = "task-01234567-89ab-7def-8123-00000000000f";
        server.on("POST /v1/tasks/%s/fork".formatted(old), "{\"id\":\"%s\"}".formatted(TASK))
                .on("POST /v1/tasks/%s/retry".formatted(old), "{\"id\":\"%s\"}".formatted(TASK));

        assertThat(terminal.titan("tasks", "fork", old, "--step", "4", "--goal", "Other", "--message", "Go"))
                .isZero();
        assertThat(terminal.titan("tasks", "fork", old, "--step", "build", "--max-steps", "7"))
                .isZero();
        assertThat(terminal.titan("tasks", "retry", old, "--model", "openai/x")).isZero();
        assertThat(terminal.titan("tasks", "fork", old)).isEqualTo(2);

        assertThat(terminal.screen()).isEqualTo("Task %s\n".formatted(TASK).repeat(3));
        assertThat(server.requests().stream()
                        .map(sent -> sent.substring(sent.indexOf("\r\n\r\n")).strip()))
                .containsExactly(
                        "{\"step\":4,\"goal\":\"Other\",\"message\":\"Go\"}",
                        "{\"step\":\"build\",\"budget\":{\"max_steps\":7}}",
                        "{\"model\":\"openai/x\"}");
    }

    @Test
    void aTaskThatGoesOnFromAnotherIsWatchedLikeAnyOther() {
        succeeds();
        server.on("POST /v1/tasks/%s/retry".formatted(TASK), "{\"id\":\"%s\"}".formatted(TASK));

        assertThat(terminal.titan("tasks", "retry", TASK.value(), "--watch")).isZero();

        assertThat(terminal.screen()).startsWith("Task " + TASK).contains("✓ Succeeded");
    }

    @Test
    void artifactsAreSavedWhereTheyBelongAndNowhereElse(@TempDir Path directory) throws IOException {
        Path out = Files.createDirectory(directory.resolve("out"));
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.createSymbolicLink(out.resolve("link"), elsewhere);
        Path victim = Files.writeString(directory.resolve("victim"), "mine");
        Files.createSymbolicLink(out.resolve("file"), victim);
        String names = String.join(
                ",",
                artifact("src/app.js"),
                artifact("../escaped"),
                artifact("/tmp/titan-escaped"),
                artifact("link/in"),
                artifact("file"),
                artifact("a\\u0000b"));
        server.on("GET /v1/tasks/%s/artifacts".formatted(TASK), "{\"data\":[%s]}".formatted(names))
                .on(
                        "GET /v1/tasks/%s/artifacts/%s".formatted(TASK, ARTIFACT),
                        _ -> new SmallServer.Answer(200, "text/plain", "content"));

        assertThat(terminal.titan("tasks", "artifacts", TASK.value(), "--out", out.toString()))
                .isEqualTo(1);

        assertThat(out.resolve("src/app.js")).hasContent("content");
        assertThat(directory.resolve("escaped")).doesNotExist();
        assertThat(Path.of("/tmp/titan-escaped")).doesNotExist();
        assertThat(elsewhere).isEmptyDirectory();
        assertThat(victim).hasContent("mine");
        assertThat(terminal.notes().lines()).hasSize(5);
        assertThat(terminal.screen()).isEqualTo("src/app.js\n");
    }

    @Test
    void aKeyForThisMachineIsSentToNoOther() {
        assertThat(new ServerOptions().api(URI.create("http://127.0.0.1:1")))
                .hasFieldOrPropertyWithValue("key", "dev-key-123");
        assertThat(new ServerOptions().api(URI.create("http://titan.example"))).hasFieldOrPropertyWithValue("key", "");
    }

    private void succeeds() {
        server.events(new TestEvents()
                        .then(
                                new TaskEvent.TaskQueued("Greet"),
                                new TaskEvent.PlanGenerated(plan(1, step("greet", "Say hello"))))
                        .in(
                                "greet",
                                1,
                                new TaskEvent.StepStarted(1),
                                new TaskEvent.ToolCalled(0, "shell", Map.of("command", "echo hello")),
                                new TaskEvent.ToolOutput(0, 0, "hello\n"),
                                new TaskEvent.ToolCompleted(0, "shell", null, "ok", Duration.ZERO),
                                new TaskEvent.StepCompleted(1, StepStatus.SUCCEEDED, "ok", null))
                        .then(new TaskEvent.Completed("Hello was said."))
                        .list())
                .on("GET /v1/tasks/" + TASK, status("succeeded"));
    }

    private static String status(String status) {
        return "{\"id\":\"%s\",\"status\":\"%s\",\"usage\":{\"model_calls\":4,\"input_tokens\":1000,\"output_tokens\":234}}"
                .formatted(TASK, status);
    }

    private static String artifact(String name) {
        return "{\"id\":\"%s\",\"kind\":\"file\",\"name\":\"%s\",\"size_bytes\":7}".formatted(ARTIFACT, name);
    }
}
