package dev.titan.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.api.TestApi.Answer;
import dev.titan.api.task.TaskCommands;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.steering.ApprovalId;
import dev.titan.contracts.steering.ApprovalStatus;
import dev.titan.contracts.steering.Command;
import dev.titan.contracts.steering.SteeringRefusal;
import dev.titan.contracts.task.Budget;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.ToolCall;
import dev.titan.store.event.EventLog;
import dev.titan.store.steering.ApprovalRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("postgres")
class SteeringIT {

    private static final String HASH = "ab".repeat(32);
    private static TestApi api;
    private static TestTemporal temporal;
    private String task = "";

    @BeforeAll
    static void start() {
        api = TestApi.start(Map.of());
        temporal = api.bean(TestTemporal.class);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @BeforeEach
    void acceptATask() {
        temporal.up(true);
        task = api.post("/v1/tasks", "{\"goal\":\"steer me\"}")
                .body()
                .path("id")
                .stringValue();
    }

    @Test
    void commandsReachTheTask() {
        assertThat(post("messages", "{\"text\":\"Use port 80.\"}").status()).isEqualTo(200);
        assertThat(post("pause", "").status()).isEqualTo(200);
        assertThat(post("resume", "").status()).isEqualTo(200);
        Answer raised = post("budget", "{\"max_model_calls\":7,\"max_seconds\":60}");

        assertThat(raised.status()).isEqualTo(200);
        assertThat(raised.body().path("taskId").stringValue()).isEqualTo(task);
        assertThat(raised.body().path("command_id").stringValue()).startsWith("cmd-");
        assertThat(temporal.given())
                .endsWith(
                        new Command.Say("Use port 80."),
                        new Command.Pause(),
                        new Command.Resume(),
                        new Command.Raise(new Budget(null, null, Duration.ofMinutes(1), 7, null)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "messages|{}|text",
                "messages|{\"text\":\" \"}|text",
                "messages|{\"text\":7}|text",
                "messages|{\"text\":\"x\",\"txt\":\"y\"}|txt",
                "budget|{\"max_model_calls\":0}|max_model_calls",
                "budget|{\"max_calls\":1}|max_calls",
            })
    void badCommandsNameTheField(String verb, String body, String field) {
        Answer answer = post(verb, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("errors").toString()).contains("\"field\":\"%s\"".formatted(field));
    }

    @ParameterizedTest
    @EnumSource(SteeringRefusal.class)
    void aRefusalIsAConflictInWordsAndItsKeyIsFree(SteeringRefusal refusal) {
        temporal.answers(new TaskCommands.Answer.Refused(refusal));

        Answer refused = api.post("/v1/tasks/%s/pause".formatted(task), "", "Idempotency-Key", "k");
        Answer taken = api.post("/v1/tasks/%s/resume".formatted(task), "", "Idempotency-Key", "k");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().path("type").stringValue()).endsWith("state_conflict");
        assertThat(refused.body().path("detail").stringValue()).isNotBlank();
        assertThat(taken.status()).isEqualTo(200);
    }

    @Test
    void nobodyWhoAnswersIsAPassingProblem() {
        temporal.up(false);
        Answer down = post("pause", "");
        temporal.up(true);
        temporal.answers(new TaskCommands.Answer.NotRunning());
        Answer notBegun = post("pause", "");

        assertThat(down.status()).isEqualTo(503);
        assertThat(down.header("Retry-After")).isNotEmpty();
        assertThat(notBegun.status()).isEqualTo(503);
    }

    @Test
    void anEndedTaskTakesNothing() {
        api.bean(EventLog.class)
                .append(
                        new TaskId(task),
                        "0".repeat(32),
                        List.of(new PendingEvent("end", Instant.now(), null, null, new TaskEvent.Completed("done"))));
        int before = temporal.given().size();

        Answer answer = post("messages", "{\"text\":\"too late\"}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body().path("detail").stringValue()).contains("succeeded");
        assertThat(temporal.given()).hasSize(before);
    }

    @Test
    void oneKeyIsOneCommand() {
        String[] key = {"Idempotency-Key", "once"};
        Answer first = api.post("/v1/tasks/%s/messages".formatted(task), "{\"text\":\"a\"}", key);
        Answer again = api.post("/v1/tasks/%s/messages".formatted(task), "{\"text\":\"a\"}", key);
        Answer other = api.post("/v1/tasks/%s/messages".formatted(task), "{\"text\":\"b\"}", key);

        assertThat(again.body().path("command_id")).isEqualTo(first.body().path("command_id"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.body().path("type").stringValue()).endsWith("idempotency_conflict");
    }

    @Test
    void anApprovalShowsTheExactCallAndIsDecided() {
        ApprovalId id = waiting();

        Answer listed = api.get("/v1/approvals?status=pending");
        assertThat(listed.body().path("data").toString()).contains(id.value());
        Answer found = api.get("/v1/approvals/" + id);
        assertThat(found.body().path("arguments").path("command").stringValue()).isEqualTo("rm -rf build");
        assertThat(found.body().path("arguments_hash").stringValue()).isEqualTo(HASH);

        assertThat(decide(id, "{\"decision\":\"approve\"}").status()).isEqualTo(200);
        assertThat(decide(id, "{\"decision\":\"deny\",\"note\":\"No.\"}").status())
                .isEqualTo(200);
        assertThat(decide(id, "{\"decision\":\"edit\",\"arguments\":{\"command\":\"ls\"}}")
                        .status())
                .isEqualTo(200);
        assertThat(temporal.given())
                .endsWith(
                        new Command.Decide(id, ApprovalStatus.APPROVED, HASH, null, null),
                        new Command.Decide(id, ApprovalStatus.DENIED, HASH, null, "No."),
                        new Command.Decide(id, ApprovalStatus.EDITED, HASH, Map.of("command", "ls"), null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|decision",
                "{\"decision\":\"maybe\"}|decision",
                "{\"decision\":\"edit\"}|arguments",
                "{\"decision\":\"edit\",\"arguments\":{\"cmd\":\"ls\"}}|arguments",
                "{\"decision\":\"approve\",\"arguments\":{\"command\":\"ls\"}}|arguments",
            })
    void badDecisionsNameTheField(String body, String field) {
        Answer answer = decide(waiting(), body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("errors").toString()).contains("\"field\":\"%s\"".formatted(field));
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        assertThat(api.get("/v1/approvals/apr-nonsense").status()).isEqualTo(404);
        assertThat(api.get("/v1/approvals/apr-" + "0".repeat(24)).status()).isEqualTo(404);
        assertThat(api.get("/v1/approvals?status=open").status()).isEqualTo(400);
        assertThat(api.post("/v1/tasks/task-none/pause", "").status()).isEqualTo(404);
    }

    private ApprovalId waiting() {
        EffectId effect = new EffectId(new TaskId(task), new StepId("clean"), 1, 0);
        ApprovalId id = ApprovalId.of(effect);
        api.bean(ApprovalRepository.class)
                .request(
                        id,
                        effect,
                        false,
                        new ToolCall("shell", Map.of("command", "rm -rf build")),
                        HASH,
                        Duration.ofDays(1));
        return id;
    }

    private static Answer decide(ApprovalId id, String body) {
        return api.post("/v1/approvals/" + id, body);
    }

    private Answer post(String verb, String body) {
        return api.post("/v1/tasks/%s/%s".formatted(task, verb), body);
    }
}
