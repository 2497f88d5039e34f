package dev.titan.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.contracts.chat.Role;
import dev.titan.contracts.chat.Usage;
import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.event.LiveEvent;
import dev.titan.contracts.event.PendingEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.plan.Plan;
import dev.titan.contracts.plan.PlannedCall;
import dev.titan.contracts.plan.Step;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.sandbox.ExecResult.End;
import dev.titan.contracts.steering.CommandId;
import dev.titan.contracts.task.ForkOrigin;
import dev.titan.contracts.task.Inheritance;
import dev.titan.contracts.task.Replan;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskLimits;
import dev.titan.contracts.task.TaskOutcome;
import dev.titan.contracts.task.TaskReason;
import dev.titan.contracts.task.TaskRequest;
import dev.titan.contracts.task.TaskStart;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.Ruling;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

class JsonShapesTest {

    private static final TaskId TASK = new TaskId("task-01234567-89ab-7def-8123-456789abcdef");
    private static final TypeReference<List<End>> END = new TypeReference<>() {};
    private static final List<End> ENDS = List.of(
            new End.Exited(3),
            new End.Signalled(15),
            new End.OutOfMemory(137),
            new End.TimedOut(Duration.ofSeconds(30)),
            new End.Killed(),
            new End.NotStarted("no such program"));
    private static final Instant AT = Instant.parse("2026-11-23T10:00:00Z");

    @Test
    void whatPeopleSayOfAHiddenCallNamesWhatTheyMadeOfItBefore() {
        Ruling told = new Ruling.Told(new CommandId("cmd-2"), new Ruling.Edited(new CommandId("cmd-1")));
        String json =
                "{\"type\":\"told\",\"command\":\"cmd-2\",\"before\":{\"type\":\"edited\",\"command\":\"cmd-1\"}}";

        assertThat(TitanJson.mapper().writeValueAsString(told)).isEqualTo(json);
        assertThat(TitanJson.mapper().readValue(json, Ruling.class)).isEqualTo(told);
        assertThat(TitanJson.mapper().writeValueAsString(new Ruling.Untold(null)))
                .isEqualTo("{\"type\":\"untold\"}");
    }

    @Test
    void anEnvelopeCarriesTheTypeBesideItsData() {
        var envelope =
                new EventEnvelope("evt-1", 7, TASK, AT, new StepId("build"), 2, null, new TaskEvent.StepStarted(1));

        assertThat(TitanJson.mapper().readTree(TitanJson.mapper().writeValueAsString(envelope)))
                .isEqualTo(TitanJson.mapper().readTree("""
                        {"id":"evt-1","seq":7,"task_id":"task-01234567-89ab-7def-8123-456789abcdef",
                         "timestamp":"2026-11-23T10:00:00Z","step_id":"build","turn":2,
                         "type":"step_started","data":{"attempt":1}}"""));
        assertThat(TitanJson.mapper().readValue(TitanJson.mapper().writeValueAsString(envelope), EventEnvelope.class))
                .isEqualTo(envelope);
    }

    @Test
    void aPassingWordLooksLikeAnEventWithoutPlaceInTheLog() {
        var word = new LiveEvent(TASK, AT, new StepId("build"), 2, null, new TaskEvent.ModelDelta(1, 12, "and then"));
        String json = TitanJson.mapper().writeValueAsString(word);

        assertThat(TitanJson.mapper().readTree(json))
                .isEqualTo(TitanJson.mapper().readTree("""
                        {"task_id":"task-01234567-89ab-7def-8123-456789abcdef",
                         "timestamp":"2026-11-23T10:00:00Z","step_id":"build","turn":2,
                         "type":"model_delta","data":{"attempt":1,"offset":12,"text":"and then"}}"""));
        assertThat(TitanJson.mapper().readValue(json, LiveEvent.class)).isEqualTo(word);
        assertThat(TitanJson.mapper().writeValueAsString((TaskEvent) new TaskEvent.AttemptRestarted(2)))
                .isEqualTo("{\"type\":\"attempt_restarted\",\"attempt\":2}");
        assertThatThrownBy(() -> new LiveEvent(TASK, AT, null, null, null, new TaskEvent.TaskStarted()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPendingEventSurvivesTheJourney() {
        var step = new Step(
                new StepId("s1"),
                "write it",
                List.of(),
                "file_write",
                new PlannedCall("file_write", Map.of("path", "a.txt")),
                List.of("a.txt exists"),
                "a file",
                StepStatus.PENDING,
                null,
                null);
        var event = new PendingEvent(
                "plan/1", AT, null, null, new TaskEvent.PlanGenerated(new Plan(1, "because", List.of(step))));

        String json = TitanJson.mapper().writeValueAsString(event);

        assertThat(TitanJson.mapper().readValue(json, PendingEvent.class)).isEqualTo(event);
        assertThat(json).contains("\"type\":\"plan_generated\"", "\"depends_on\":[]", "\"expected_output\":\"a file\"");
    }

    @Test
    void whatATaskTakesOverKeepsItsNames() {
        var inheritance = new Inheritance(
                new ForkOrigin(TASK, new StepId("build")),
                2,
                List.of(new StepId("build")),
                false,
                1,
                3,
                true,
                Replan.VERDICT);
        String json = TitanJson.mapper().writeValueAsString(inheritance);

        assertThat(TitanJson.mapper().readTree(json))
                .isEqualTo(TitanJson.mapper().readTree("""
                        {"from":{"task":"task-01234567-89ab-7def-8123-456789abcdef","step":"build"},"plan_version":2,
                         "closed":["build"],"finished":false,"verdicts":1,"messages":3,"files":true,"replan":"verdict"}"""));
        assertThat(TitanJson.mapper().readValue(json, Inheritance.class)).isEqualTo(inheritance);
    }

    @Test
    void outcomesAndStartsKeepTheirNames() {
        TaskOutcome outcome = new TaskOutcome.Failed(TaskReason.SANDBOX_LOST, "gone");

        assertThat(TitanJson.mapper().writeValueAsString(outcome))
                .isEqualTo("{\"type\":\"failed\",\"reason\":\"sandbox_lost\",\"message\":\"gone\"}");
        TaskStart start = new TaskStart(TASK, TaskLimits.DEFAULT, 1, "0".repeat(32), null, null, null);
        String json =
                "{\"task_id\":\"%s\",\"limits\":{\"max_steps\":50,\"max_corrections\":5},\"checks\":1,\"trace_id\":\"%s\"%s}";
        String usual =
                ",\"terms\":{\"autonomy\":\"auto\",\"approval_wait\":\"PT168H\",\"review\":\"every_step\",\"budget\":{}%s},\"lanes\":\"regular\"";
        assertThat(TitanJson.mapper().writeValueAsString(start))
                .isEqualTo(
                        json.formatted(TASK, "0".repeat(32), usual.formatted(",\"unknown_outcome\":\"tell_model\"")));
        for (String older : List.of("", usual.formatted(""))) {
            assertThat(TitanJson.mapper().readValue(json.formatted(TASK, "0".repeat(32), older), TaskStart.class))
                    .isEqualTo(start);
        }
        assertThat(TitanJson.mapper().readValue("\"%s/build/3/1\"".formatted(TASK), EffectId.class))
                .isEqualTo(new EffectId(TASK, new StepId("build"), 3, 1));
    }

    @Test
    void everyEndOfACommandKeepsItsName() {
        assertThat(TitanJson.mapper().writerFor(END).writeValueAsString(ENDS)).isEqualTo("""
                        [{"type":"exited","status":3},{"type":"signalled","signal":15},\
                        {"type":"out_of_memory","status":137},{"type":"timed_out","after":"PT30S"},\
                        {"type":"killed"},{"type":"not_started","message":"no such program"}]""");
        assertThat(TitanJson.mapper()
                        .<List<End>>readValue(TitanJson.mapper().writerFor(END).writeValueAsString(ENDS), END))
                .isEqualTo(ENDS);
        assertThat(ENDS).hasSameSizeAs(End.class.getPermittedSubclasses());
    }

    @Test
    void aDecisionOfTheProxyKeepsItsNames() {
        TaskEvent event = new TaskEvent.EgressDecided("ok.example", 443, "93.184.215.14", true, "allowed", 1, 2, 3);
        String json = """
                {"type":"egress_decided","host":"ok.example","port":443,"address":"93.184.215.14","allowed":true,
                 "reason":"allowed","times":1,"bytes_up":2,"bytes_down":3}""";

        assertThat(TitanJson.mapper().readTree(TitanJson.mapper().writeValueAsString(event)))
                .isEqualTo(TitanJson.mapper().readTree(json));
        assertThat(TitanJson.mapper().readValue(json, TaskEvent.class)).isEqualTo(event);
    }

    @Test
    void aRequestFromBeforeThereWerePoliciesIsIsolated() {
        String json = TitanJson.mapper().writeValueAsString(TaskRequest.of("g"));
        String policy = ",\"network_policy\":{\"type\":\"isolated\"}";

        assertThat(json).contains(policy);
        assertThat(TitanJson.mapper().readValue(json.replace(policy, ""), TaskRequest.class))
                .isEqualTo(TaskRequest.of("g"));
    }

    @Test
    void anEventFromANewerVersionStillLoads() {
        assertThat(TitanJson.mapper()
                        .readValue("{\"type\":\"step_started\",\"attempt\":1,\"later\":true}", TaskEvent.class))
                .isEqualTo(new TaskEvent.StepStarted(1));
    }

    @Test
    void aRestoreSaysFromWhichCheckpointAndOneThatDoesNotStillLoads() {
        TaskEvent restored = new TaskEvent.SandboxRestored("sbx-1", "its host is gone", 3, 2);

        assertThat(TitanJson.mapper().writeValueAsString(restored))
                .isEqualTo(
                        "{\"type\":\"sandbox_restored\",\"sandbox_id\":\"sbx-1\",\"reason\":\"its host is gone\",\"checkpoint\":3,\"generation\":2}");
        assertThat(TitanJson.mapper()
                        .readValue("{\"type\":\"sandbox_restored\",\"sandbox_id\":\"sbx-1\"}", TaskEvent.class))
                .isEqualTo(new TaskEvent.SandboxRestored("sbx-1", null, null, null));
    }

    @Test
    void usageSaysWhatItCostAndUsageFromBeforeThereWerePricesStillLoads() {
        String before = """
                {"type":"usage_recorded","role":"reviewer","model":"p/m","prompt":"judge/1","input_tokens":3,
                 "output_tokens":4,"took":"PT1S"}""";
        TaskEvent priced = new TaskEvent.UsageRecorded(
                Role.REVIEWER, "p/m", "judge/1", 3, 4, Duration.ofSeconds(1), new BigDecimal("0.0125"), "2026-11-29");

        assertThat(TitanJson.mapper().readValue(before, TaskEvent.class))
                .isEqualTo(new TaskEvent.UsageRecorded(
                        Role.REVIEWER, "p/m", "judge/1", 3, 4, Duration.ofSeconds(1), null, null));
        assertThat(TitanJson.mapper().writeValueAsString(priced)).endsWith("\"usd\":0.0125,\"prices\":\"2026-11-29\"}");
        assertThat(TitanJson.mapper()
                        .readValue("{\"model_calls\":1,\"input_tokens\":2,\"output_tokens\":3}", Usage.class))
                .isEqualTo(new Usage(1, 2, 3));
    }

    @Test
    void aPlanWithACycleCannotBeMade() {
        assertThatThrownBy(() -> new Plan(1, "", List.of(step("a", "b"), step("b", "a"))))
                .hasMessageContaining("form a cycle");
        assertThatThrownBy(() -> new Plan(1, "", List.of(step("a", "c")))).hasMessageContaining("not in the plan");
        assertThatThrownBy(() -> new Plan(1, "", List.of(step("a"), step("a")))).hasMessageContaining("two steps");
    }

    private static Step step(String id, String... dependencies) {
        var dependsOn = List.of(dependencies).stream().map(StepId::new).toList();
        return new Step(new StepId(id), id, dependsOn, null, null, List.of(), null, StepStatus.PENDING, null, null);
    }
}
