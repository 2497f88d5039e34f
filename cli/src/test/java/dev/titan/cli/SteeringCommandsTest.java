package dev.titan.cli;

import static dev.titan.cli.TestEvents.TASK;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SteeringCommandsTest {

    private static final String APPROVAL = "apr-0123456789abcdef01234567";

    private final SmallServer server = new SmallServer();
    private final Terminal terminal = new Terminal(server);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aTaskIsPausedToldAndLetGoOn() {
        server.on(at("pause"), status("paused", "user"))
                .on(at("messages"), status("paused", "user"))
                .on(at("budget"), status("paused", "user"))
                .on(at("resume"), status("running", null));

        assertThat(terminal.titan("tasks", "pause", TASK.value())).isZero();
        assertThat(terminal.titan("tasks", "message", TASK.value(), "Use the other file."))
                .isZero();
        assertThat(terminal.titan("tasks", "answer", TASK.value(), "The blue one."))
                .isZero();
        assertThat(terminal.titan("tasks", "budget", TASK.value(), "--max-usd", "2.50", "--max-model-calls", "40"))
                .isZero();
        assertThat(terminal.titan("tasks", "resume", TASK.value())).isZero();

        assertThat(bodies())
                .containsExactly(
                        "{}",
                        "{\"text\":\"Use the other file.\"}",
                        "{\"text\":\"The blue one.\"}",
                        "{\"max_usd\":2.50,\"max_model_calls\":40}",
                        "{}");
        assertThat(terminal.screen()).isEqualTo("""
                %1$s  paused  user
                %1$s  paused  user
                %1$s  paused  user
                %1$s  paused  user
                %1$s  running
                """.formatted(TASK));
        assertThat(server.requests().stream().map(SteeringCommandsTest::key))
                .as("names of commands")
                .doesNotHaveDuplicates()
                .allMatch(key -> key.length() == 36);
    }

    @Test
    void aCallIsDecidedByItsApproval() {
        server.on("GET /v1/approvals", """
                        {"data":[{"id":"%s","task_id":"%s","tool":"http","arguments":{"url":"https://example.org"}}]}
                        """.formatted(APPROVAL, TASK))
                .on("POST /v1/approvals/" + APPROVAL, """
                        {"id":"%s","task_id":"%s","tool":"http","status":"approved"}
                        """.formatted(APPROVAL, TASK));

        assertThat(terminal.titan("tasks", "approvals")).isZero();
        assertThat(terminal.titan("tasks", "approve", APPROVAL)).isZero();
        assertThat(terminal.titan("tasks", "approve", APPROVAL, "--arguments", "{\"url\": \"https://example.net\"}"))
                .isZero();
        assertThat(terminal.titan("tasks", "deny", APPROVAL, "--note", "Not today.", "--json"))
                .isZero();

        assertThat(bodies().subList(1, 4))
                .containsExactly(
                        "{\"decision\":\"approve\"}",
                        "{\"arguments\":{\"url\":\"https://example.net\"},\"decision\":\"edit\"}",
                        "{\"decision\":\"deny\",\"note\":\"Not today.\"}");
        assertThat(terminal.screen()).isEqualTo("""
                %1$s  %2$s  http {"url":"https://example.org"}
                %1$s  approved  http of %2$s
                %1$s  approved  http of %2$s
                """.formatted(APPROVAL, TASK));
        assertThat(terminal.data()).contains("\"status\":\"approved\"");
    }

    /** A worker that has crashed is being replaced meanwhile. */
    @Test
    void aTaskThatDoesNotAnswerIsAskedAgainUnderTheSameKey() {
        AtomicInteger asked = new AtomicInteger();
        server.on(
                at("pause"),
                _ -> asked.incrementAndGet() == 1
                        ? SmallServer.Answer.json(503, "{\"detail\":\"The task did not answer in time.\"}")
                        : SmallServer.Answer.json(200, status("paused", "user")));

        assertThat(terminal.titan("tasks", "pause", TASK.value())).isZero();
        assertThat(terminal.titan("tasks", "pause", TASK.value(), "--idempotency-key", "mine"))
                .isZero();

        List<String> keys =
                server.requests().stream().map(SteeringCommandsTest::key).toList();
        assertThat(keys).hasSize(3).endsWith("mine");
        assertThat(keys.get(1)).isEqualTo(keys.getFirst());
    }

    @Test
    void whatMakesNoSenseIsSaidInWords() {
        server.on(at("resume"), _ -> SmallServer.Answer.json(409, "{\"detail\":\"The task is not paused.\"}"));

        assertThat(terminal.titan("tasks", "resume", TASK.value())).isEqualTo(1);
        assertThat(terminal.titan("tasks", "budget", TASK.value())).isEqualTo(2);
        assertThat(terminal.titan("tasks", "approve", APPROVAL, "--arguments", "[1]"))
                .isEqualTo(2);
        assertThat(terminal.titan("tasks", "message", TASK.value())).isEqualTo(2);

        assertThat(terminal.errors())
                .contains("titan: The task is not paused.")
                .contains("Say what to raise, for example: --max-model-calls 40")
                .contains("--arguments is no JSON object")
                .contains("Missing required parameter: 'TEXT'");
        assertThat(server.requests()).hasSize(1);
    }

    private static String at(String verb) {
        return "POST /v1/tasks/%s/%s".formatted(TASK, verb);
    }

    private static String status(String status, @Nullable String reason) {
        return "{\"id\":\"%s\",\"status\":\"%s\"%s}"
                .formatted(TASK, status, reason == null ? "" : ",\"reason\":\"%s\"".formatted(reason));
    }

    private List<String> bodies() {
        return server.requests().stream()
                .map(sent -> sent.substring(sent.indexOf("\r\n\r\n")).strip())
                .toList();
    }

    private static String key(String request) {
        return request.lines()
                .filter(line -> line.startsWith("Idempotency-Key: "))
                .findFirst()
                .orElseThrow()
                .substring("Idempotency-Key: ".length());
    }
}
