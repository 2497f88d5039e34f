package dev.titan.e2e.airline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.activities.tool.ArgumentReader;
import dev.titan.activities.tool.ReadArguments;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.EffectId;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.testing.model.ScriptedReply;
import dev.titan.testing.postgres.TestPostgres;
import dev.titan.testing.recipe.RecipeStep;
import dev.titan.tool.Tool;
import dev.titan.tool.ToolContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The airline and its tools without any loop: what the recordings say is what they do, and a key makes a repeat harmless. */
@Tag("postgres")
class AirlineDeskIT {

    private static final String UNTOUCHED = "f212eeda89b986239ddfb1a9b3d07d2b388112869864655ec9e5cc7ab07ab41c";

    private static final int OBSERVATIONS = 514;

    private static List<AirlineRun> runs = List.of();
    private static AirlineDatabase database;
    private static FarSide airline;

    @BeforeAll
    static void open() {
        runs = AirlineCorpus.runs();
        Assumptions.assumeFalse(runs.isEmpty(), "the corpus is not here");
        database = AirlineDatabase.load(TestPostgres.freshDatabase());
        airline = FarSide.open(database, FarSide.Visitors.NONE);
    }

    @AfterAll
    static void close() {
        if (airline != null) {
            airline.close();
            database.close();
        }
    }

    @Test
    void answersEveryRecordedCallToTheByteAndLeavesWhatTheRecordingsLeave() {
        Map<String, Tool<?>> tools = tools("idempotent");
        int observations = 0;
        for (AirlineRun run : runs) {
            List<ScriptedReply.Call> calls = calls(run);
            List<String> recorded = recorded(run);
            TaskId desk = new TaskId("task-" + UUID.randomUUID());
            List<String> seen = new ArrayList<>();
            for (int i = 0; i < calls.size(); i++) {
                seen.add(call(tools, calls.get(i), effect(desk, i)).text());
            }
            assertThat(seen).as(run.name()).isEqualTo(recorded);
            assertLeft(run, desk.value());
            observations += seen.size();
        }
        assertThat(observations).isEqualTo(OBSERVATIONS);
        assertThat(database.sha256("nobody's")).isEqualTo(UNTOUCHED);
    }

    @Test
    void recognisesEveryRepeatByItsKey() {
        Map<String, Tool<?>> tools = tools("idempotent");
        for (AirlineRun run : runs) {
            TaskId desk = new TaskId("task-" + UUID.randomUUID());
            List<ScriptedReply.Call> calls = calls(run);
            for (int i = 0; i < calls.size(); i++) {
                ToolResult first = call(tools, calls.get(i), effect(desk, i));
                if (AirlineTools.CHANGES.contains(calls.get(i).tool())) {
                    assertThat(call(tools, calls.get(i), effect(desk, i)))
                            .as(run.name())
                            .isEqualTo(first);
                }
            }
            assertLeft(run, desk.value());
        }
    }

    /** The control: without a key a repeat is a second call, which the ledger sees better than the final state. */
    @Test
    void doublesCallsThatAreRepeatedWithoutAKey() {
        Map<String, Tool<?>> tools = tools("once");
        int rows = 0;
        int rowsRecorded = 0;
        for (AirlineRun run : runs) {
            TaskId desk = new TaskId("task-" + UUID.randomUUID());
            List<ScriptedReply.Call> calls = calls(run);
            for (int i = 0; i < calls.size(); i++) {
                call(tools, calls.get(i), effect(desk, i));
                if (AirlineTools.CHANGES.contains(calls.get(i).tool())) {
                    call(tools, calls.get(i), effect(desk, i));
                }
            }
            rows += database.executed(desk.value()).size();
            rowsRecorded += run.executed().size();
        }
        assertThat(rows).isGreaterThan(rowsRecorded);
    }

    private static void assertLeft(AirlineRun run, String desk) {
        assertThat(database.executed(desk)).as(run.name()).isEqualTo(run.executed());
        assertThat(database.ledger(desk)).as(run.name()).isEqualTo(run.ledger());
        assertThat(database.sha256(desk)).as(run.name()).isEqualTo(run.databaseSha256());
        for (JsonNode change : run.changed()) {
            Table table = Table.of(change.path("table").asString());
            assertThat(database.changed(desk, table))
                    .as(run.name())
                    .containsEntry(
                            change.path("key").asString(), change.path("record").asObject());
        }
    }

    private static Map<String, Tool<?>> tools(String effect) {
        Map<String, String> settings =
                Map.of(AirlineTools.URL, airline.address().toString(), AirlineTools.EFFECT, effect);
        return new AirlineTools()
                .tools(settings).stream()
                        .collect(Collectors.toMap(
                                Tool::name, Function.identity(), (first, second) -> first, LinkedHashMap::new));
    }

    private static List<ScriptedReply.Call> calls(AirlineRun run) {
        return run.recipe().steps().stream()
                .filter(RecipeStep.Assistant.class::isInstance)
                .flatMap(step -> ((RecipeStep.Assistant) step).calls().stream())
                .toList();
    }

    private static List<String> recorded(AirlineRun run) {
        return run.recipe().steps().stream()
                .filter(RecipeStep.Tool.class::isInstance)
                .map(RecipeStep::content)
                .toList();
    }

    private static EffectId effect(TaskId desk, int call) {
        return new EffectId(desk, new StepId("work"), call + 1, 0);
    }

    private static ToolResult call(Map<String, Tool<?>> tools, ScriptedReply.Call call, EffectId effect) {
        Tool<?> tool = Objects.requireNonNull(tools.get(call.tool()), call.tool());
        return call(tool, call.arguments(), effect);
    }

    private static <A extends Record> ToolResult call(Tool<A> tool, Map<String, Object> arguments, EffectId effect) {
        return switch (ArgumentReader.read(tool.argumentsType(), arguments)) {
            case ReadArguments.Fitting<A>(A read) -> tool.run(read, new Effect(effect));
            case ReadArguments.Unfitting<A>(String reason) -> throw new AssertionError(reason);
        };
    }

    /** A context for tools that want nothing but their effect. */
    private record Effect(EffectId effect) implements ToolContext {

        @Override
        public Workspace workspace() {
            throw new IllegalStateException("no sandbox here");
        }

        @Override
        public Workspace.OutputListener viewers() {
            throw new IllegalStateException("no viewers here");
        }

        @Override
        public void emit(String name, TaskEvent event) {
            throw new IllegalStateException("no log here");
        }
    }
}
