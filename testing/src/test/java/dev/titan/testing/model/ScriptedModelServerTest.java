package dev.titan.testing.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.contracts.json.TitanJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ScriptedModelServerTest {

    private static final String QUICK_START = "Create a Node.js Hello World app and test it";
    private static final String FIX = "Write a median function with pytest tests, find and fix its bugs";

    /** Long enough for a loopback answer on a busy machine, short enough to wait for. */
    private static final Duration SHORT = Duration.ofMillis(500);

    private ScriptedModelServer server = ScriptedModelServer.demo(0);

    @BeforeEach
    void start() {
        server.close();
        server = ScriptedModelServer.demo(0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void plansTheQuickStartWithCompleteCalls() throws Exception {
        JsonNode plan = asking(AskedRole.PLANNER, QUICK_START, "<plan_version>1</plan_version>")
                .structured();

        assertThat(plan.path("steps"))
                .hasSize(4)
                .allMatch(step -> step.path("arguments").isObject());
        assertThat(plan.path("steps").path(3).path("arguments").path("command").asString())
                .isEqualTo("node index.js && npm test --silent");
    }

    @Test
    void choosesTheRepairByTheFailureItSees() throws Exception {
        Asking asking = asking(AskedRole.EXECUTOR, FIX, "<step>verify-tests</step>");
        assertThat(asking.firstCall().path("command").asString()).contains("pytest");

        asking.seen("E   assert 3 == 2.5\nE   IndexError: list index out of range\n2 failed, 1 passed");
        assertThat(asking.message().path("content").asString()).contains("not 3");

        asking.seen("E   IndexError: list index out of range\n1 failed, 2 passed");
        assertThat(asking.firstCall().path("command").asString()).contains("raise ValueError");

        asking.seen("3 passed in 0.01s");
        assertThat(asking.message().path("content").asString()).isEqualTo("All three tests pass.");
    }

    @Test
    void isAtALossWhenTheFailureIsAnotherOne() throws Exception {
        Asking asking =
                asking(AskedRole.EXECUTOR, FIX, "<step>verify-tests</step>").seen("bash: python3: command not found");
        assertThat(asking.message().path("content").asString()).isEqualTo(DefaultReplies.AT_A_LOSS);

        JsonNode verdict = asking(AskedRole.JUDGE, FIX, "<step outcome=\"succeeded\">" + DefaultReplies.AT_A_LOSS)
                .structured();
        assertThat(verdict.path("met").asBoolean()).isFalse();
    }

    @Test
    void playsATranscriptCallByCall() throws Exception {
        JsonNode transcript = TitanJson.mapper().readTree("""
                [{"tool": "shell", "arguments": {"command": "ls"}},
                 {"tool": "file_read", "arguments": {"path": "a.txt"}},
                 {"finish": "There is one file."}]""");
        server.add(TranscriptScript.of("t", "Look around.", transcript));
        Asking asking = asking(AskedRole.EXECUTOR, "Look around.", "<step>work</step>");

        assertThat(asking.firstCall()).isEqualTo(TitanJson.mapper().readTree("{\"command\": \"ls\"}"));
        assertThat(asking.seen("a.txt").firstCall())
                .isEqualTo(TitanJson.mapper().readTree("{\"path\": \"a.txt\"}"));
        assertThat(asking.seen("text").message().path("content").asString()).isEqualTo("There is one file.");
        assertThat(asking(AskedRole.JUDGE, "Look around.", "<check outcome=\"failed\" says=\"x\">no</check>")
                        .structured()
                        .path("met")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void neverEndsWhenTheScriptIsEndless() throws Exception {
        server.add(new EndlessScript(
                "count", "Count.", n -> new ScriptedReply.Call("shell", Map.of("command", "echo " + n))));
        Asking asking = asking(AskedRole.EXECUTOR, "Count.", "<step>work</step>");

        assertThat(asking.firstCall().path("command").asString()).isEqualTo("echo 1");
        assertThat(asking.seen("").seen("").firstCall().path("command").asString())
                .isEqualTo("echo 3");
    }

    @Test
    void correctsThePlanWhenTheScriptSaysSo() throws Exception {
        server.add(ScriptLibrary.parse("""
                name: revise
                goal: "^Revise (\\\\w+)"
                latency_ms: {planner: 1}
                planner:
                  - version: 1
                    reply: {reasoning: first, steps: [{id: a, description: "do {{goal.1}}", depends_on: []}]}
                  - version: 2
                    reply: {reasoning: second, steps: [{id: b, description: again, depends_on: []}]}
                reviewer:
                  - {step: a, number: 1, reply: {decision: revise_plan, on_track: false, issues: [wrong]}}
                """));

        assertThat(asking(AskedRole.PLANNER, "Revise me", "<plan_version>2</plan_version>")
                        .structured()
                        .path("reasoning")
                        .asString())
                .isEqualTo("second");
        assertThat(asking(AskedRole.PLANNER, "Revise me", "<plan_version>1</plan_version>")
                        .structured()
                        .path("steps")
                        .path(0)
                        .path("description")
                        .asString())
                .isEqualTo("do me");
        assertThat(asking(AskedRole.REVIEWER, "Revise me", "<step>a</step><review>1</review>")
                        .structured()
                        .path("decision")
                        .asString())
                .isEqualTo("revise_plan");
        assertThat(asking(AskedRole.REVIEWER, "Revise me", "<step>a</step><review>2</review>")
                        .structured()
                        .path("decision")
                        .asString())
                .isEqualTo("continue");
    }

    @Test
    void saysThatItIsADemoForAnyOtherGoal() throws Exception {
        JsonNode verdict = asking(AskedRole.JUDGE, "Cure the common cold", "").structured();

        assertThat(verdict.path("met").asBoolean()).isFalse();
        assertThat(verdict.path("answer").asString()).contains("demo model").contains("LLM_MODEL");
    }

    @Test
    void streamsTheSameAnswerInPieces() throws Exception {
        Asking asking = asking(AskedRole.EXECUTOR, FIX, "<step>verify-tests</step>");
        List<JsonNode> events = asking.post(true)
                .body()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> TitanJson.mapper().readTree(line.substring("data: ".length())))
                .toList();

        StringBuilder arguments = new StringBuilder();
        events.forEach(event -> arguments.append(event.path("choices")
                .path(0)
                .path("delta")
                .path("tool_calls")
                .path(0)
                .path("function")
                .path("arguments")
                .asString("")));
        assertThat(TitanJson.mapper().readTree(arguments.toString())).isEqualTo(asking.firstCall());
        assertThat(events.getLast().path("usage").path("prompt_tokens").asInt()).isPositive();
    }

    @Test
    void countsRequestsByRole() throws Exception {
        asking(AskedRole.PLANNER, QUICK_START, "").message();
        asking(AskedRole.EXECUTOR, QUICK_START, "<step>run</step>").message();

        assertThat(server.requests().count(AskedRole.PLANNER)).isEqualTo(1);
        assertThat(server.requests().count()).isEqualTo(2);
        assertThat(server.requests().all().getFirst().headers()).containsEntry("authorization", List.of("Bearer key"));
    }

    @Test
    void givesTroubleOnDemand() throws Exception {
        Asking asking = asking(AskedRole.EXECUTOR, FIX, "<step>verify-tests</step>");

        server.faults().next(new Fault.RateLimited(Duration.ofSeconds(7)));
        HttpResponse<String> limited = asking.post(false);
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("retry-after")).contains("7");

        server.faults().next(Fault.insufficientQuota());
        assertThat(asking.post(false).body()).contains("insufficient_quota");

        server.faults().next(new Fault.BrokenOff());
        assertThatThrownBy(() -> asking.post(false)).isInstanceOf(IOException.class);
        server.faults().next(new Fault.BrokenOff());
        assertThatThrownBy(() -> asking.post(true)).isInstanceOf(IOException.class);

        server.faults().next(new Fault.Hang()).next(new Fault.HangMidway());
        assertThatThrownBy(() -> asking.post(false, SHORT)).isInstanceOf(HttpTimeoutException.class);
        assertThatThrownBy(() -> asking.post(false, SHORT)).isInstanceOf(HttpTimeoutException.class);

        server.faults().next(new Fault.WrongTool()).next(new Fault.WrongArguments());
        assertThat(asking.message().toString()).contains("summon_demon");
        assertThat(asking.firstCall().has("no_such_argument")).isTrue();

        server.faults().rule(new FaultRule(AskedRole.PLANNER, 1, 0, Fault.serverError()));
        assertThat(asking.post(false).statusCode()).isEqualTo(200);
        assertThat(asking(AskedRole.PLANNER, FIX, "").post(false).statusCode()).isEqualTo(500);
    }

    @Test
    void refusesAGoalThatNoScriptPlays() throws Exception {
        try (ScriptedModelServer empty = ScriptedModelServer.start(List.of())) {
            HttpResponse<String> response = new Asking(empty, AskedRole.PLANNER, "anything", "").post(false);
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).contains("no script plays the goal: anything");
        }
    }

    @Test
    void listsItsModel() throws Exception {
        HttpResponse<String> models = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.baseUrl() + "/models"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(models.body()).contains(ScriptedModelServer.MODEL);
    }

    private Asking asking(AskedRole role, String goal, String rest) {
        return new Asking(server, role, goal, rest);
    }
}
