package dev.titan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.json.TitanJson;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** One trace leads from the request to the call into the sandbox, through every process's log. */
@Tag("bubblewrap")
@Tag("temporal")
@Tag("postgres")
@Tag("model")
class LogsIT {

    private static final String GOAL = "Say hello.";
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @Test
    void carriesTraceTaskAndStepFromTheRequestToTheSandboxCall() throws IOException {
        try (TitanSystem titan = TitanSystem.start(SandboxKind.LOCAL, Scripts.shell(GOAL, "echo hello"))) {
            String id = titan.client()
                    .send(
                            "POST",
                            "/v1/tasks",
                            TitanJson.mapper().writeValueAsString(Map.of("goal", GOAL)),
                            Map.of("traceparent", "00-%s-b7ad6b7169203331-01".formatted(TRACE)))
                    .json()
                    .path("taskId")
                    .asString();
            RunningTask task = new RunningTask(titan.client(), id);
            task.awaitSuccess();

            assertThat(task.events())
                    .allSatisfy(event ->
                            assertThat(event.path("trace_id").asString()).isEqualTo(TRACE));
            List<JsonNode> lines = Files.readAllLines(titan.home().log()).stream()
                    .map(line -> TitanJson.mapper().readTree(line))
                    .filter(line -> line.path("trace_id").asString("").equals(TRACE))
                    .toList();
            assertThat(lines)
                    .as("the request")
                    .anyMatch(line -> line.path("logger_name").asString().startsWith("dev.titan.api")
                            && line.path("task_id").asString("").equals(id));
            assertThat(lines)
                    .as("every activity")
                    .extracting(line -> line.path("activity").asString(""))
                    .contains("interpretGoal", "makePlan", "createSandbox", "nextTurn", "shell", "judgeTask");
            assertThat(lines).as("the call into the sandbox").anySatisfy(line -> {
                assertThat(line.path("activity").asString()).isEqualTo("shell");
                assertThat(line.path("task_id").asString()).isEqualTo(id);
                assertThat(line.path("step_id").asString()).isEqualTo("work");
                assertThat(line.path("effect_id").asString()).isEqualTo(id + "/work/1/0");
            });
        }
    }
}
