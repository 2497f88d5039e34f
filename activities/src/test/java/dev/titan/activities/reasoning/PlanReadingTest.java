package dev.titan.activities.reasoning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.activities.tool.ToolRegistry;
import dev.titan.contracts.plan.Plan;
import dev.titan.contracts.plan.PlannedCall;
import dev.titan.contracts.plan.Step;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.tools.BuiltInTools;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanReadingTest {

    private static final Step DONE = new Step(
            new StepId("done"),
            "Did it",
            List.of(),
            null,
            null,
            List.of(),
            null,
            StepStatus.SUCCEEDED,
            "it is done",
            null);

    private static final PlanReading READING = new PlanReading(
            2,
            List.of(DONE),
            new ToolRegistry(BuiltInTools.all(Path.of(System.getProperty("java.io.tmpdir"), "titan-test-lib"))));

    @Test
    void putsNewStepsBehindTheFinishedOnes() {
        Plan plan = usable("""
                ```json
                {"reasoning": "because", "steps": [
                  {"id": "run", "description": "Run it", "depends_on": ["done"], "tool": "shell",
                   "arguments": {"command": "ls", "workdir": null}, "success_criteria": ["a file"], "expected_output": null}]}
                ```""");

        assertThat(plan.version()).isEqualTo(2);
        assertThat(plan.steps()).first().isEqualTo(DONE);
        assertThat(plan.steps()).last().satisfies(step -> {
            assertThat(step.call()).isEqualTo(new PlannedCall("shell", Map.of("command", "ls")));
            assertThat(step.status()).isEqualTo(StepStatus.PENDING);
        });
    }

    @Test
    void leavesTheCallToTheExecutorWhereThereAreNoArguments() {
        Plan plan = usable(
                "{\"reasoning\": \"r\", \"steps\": [{\"id\": \"a\", \"description\": \"d\", \"tool\": \"shell\"}]}");
        assertThat(plan.steps().getLast().call()).isNull();
        assertThat(plan.steps().getLast().tool()).isEqualTo("shell");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"id\": \"Bad Id\", \"description\": \"d\"} | not a step id: 'Bad Id'",
                "{\"id\": \"a\", \"description\": \"d\", \"depends_on\": [\"b\"]} | depends on 'b', which is not in the plan",
                "{\"id\": \"a\", \"description\": \"d\", \"depends_on\": [\"a\"]} | form a cycle",
                "{\"id\": \"a\", \"description\": \"d\", \"tool\": \"teleport\"} | there is no tool 'teleport'",
                "{\"id\": \"a\", \"description\": \"d\", \"tool\": \"shell\", \"arguments\": {}} | command: is required",
                "{\"id\": \"a\", \"description\": \"d\", \"tool\": \"shell\", \"arguments\": {\"cmd\": \"ls\"}} | cmd: is not an argument",
                "{\"id\": \"done\", \"description\": \"Something else\"} | step done: is done already",
                "{\"id\": \"done\", \"description\": \"Did it\"} | there is no step that is not done already",
                "{\"description\": \"d\"} | steps[0]",
            })
    void saysWhatIsWrongWithAStep(String step, String problem) {
        assertThat(unusable("{\"reasoning\": \"r\", \"steps\": [%s]}".formatted(step)))
                .contains(problem);
    }

    @Test
    void refusesMoreStepsThanAnOutlineHolds() {
        String steps = IntStream.range(0, 51)
                .mapToObj("{\"id\": \"s%d\", \"description\": \"d\"}"::formatted)
                .collect(Collectors.joining(","));
        assertThat(unusable("{\"reasoning\": \"r\", \"steps\": [%s]}".formatted(steps)))
                .contains("at most 50 steps");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Here is the plan: {} | not a JSON object",
                "[] | not a JSON object",
                "null | not a JSON object",
                "{\"steps\": []} | reasoning: is required",
                "{\"reasoning\": \"r\", \"steps\": \"none\"} | steps: expected",
            })
    void refusesWhatIsNotAPlan(String reply, String problem) {
        assertThat(unusable(reply)).contains(problem);
    }

    private static Plan usable(String reply) {
        return switch (READING.read(reply)) {
            case Reading.Usable<Plan>(Plan plan) -> plan;
            case Reading.Unusable<Plan>(String reason) -> throw new AssertionError(reason);
        };
    }

    private static String unusable(String reply) {
        return switch (READING.read(reply)) {
            case Reading.Usable<Plan>(Plan plan) -> throw new AssertionError("usable: " + plan);
            case Reading.Unusable<Plan>(String reason) -> reason;
        };
    }
}
