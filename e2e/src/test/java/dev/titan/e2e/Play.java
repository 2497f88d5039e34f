package dev.titan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.tool.EffectId;
import dev.titan.e2e.airline.AirlineDatabase;
import dev.titan.e2e.airline.AirlineRun;
import dev.titan.e2e.airline.AirlineTools;
import dev.titan.testing.recipe.Recipe;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A recorded run, the task that plays it, and what the airline knows of that.
 *
 * @param run the recording
 * @param task the task
 * @param airline the far side
 */
record Play(AirlineRun run, RunningTask task, AirlineDatabase airline) {

    /** Compares what the task has seen and left behind with the recording. */
    void assertAsRecorded() {
        task.awaitSuccess();
        assertThat(completed()).as(run.name()).hasSize(run.recipe().turnCount());
        assertThat(results()).as(run.name()).isEqualTo(run.recordedResults());
        assertLeft();
    }

    /** Returns how many results of tools the task has seen, the user's answers apart. */
    long results() {
        return completed().stream()
                .filter(event -> !tool(event).equals(Recipe.ASK_USER))
                .count();
    }

    /** Returns what the task was told of the calls of a turn. */
    List<String> results(int turn) {
        return completed().stream()
                .filter(event -> event.path("turn").asInt() == turn)
                .map(event -> event.path("data").path("result").asString())
                .toList();
    }

    /**
     * Compares every outcome that was told with what the airline knows.
     *
     * @param held the call that the process died after
     * @return the turns whose outcome was told to be unknown
     */
    Set<Integer> assertToldTheTruth(Optional<EffectId> held) {
        task.awaitSuccess();
        List<Integer> happened = turns();
        assertThat(completed()).as(run.name()).hasSize(run.recipe().turnCount());
        assertThat(happened).as("%s", this).doesNotHaveDuplicates();
        Set<Integer> unknown = new HashSet<>();
        for (JsonNode event : completed()) {
            int turn = event.path("turn").asInt();
            switch (event.path("data").path("failure").asString("")) {
                case "outcome_unknown" -> assertThat(unknown.add(turn)).isTrue();
                case "" ->
                    assertThat(happened.contains(turn))
                            .as("%s", event)
                            .isEqualTo(AirlineTools.CHANGES.contains(tool(event)));
                default -> assertThat(happened).as("%s", event).doesNotContain(turn);
            }
        }
        held.ifPresent(
                call -> assertThat(call.turn()).as("%s", this).isIn(unknown).isIn(happened));
        if (happened.containsAll(unknown)) {
            assertLeft();
        }
        return unknown;
    }

    /** Returns how many calls the airline has executed again. */
    int repeats() {
        return turns().size() - new HashSet<>(turns()).size();
    }

    private void assertLeft() {
        assertThat(airline.executed(task.id())).as("%s", this).isEqualTo(run.executed());
        assertThat(airline.ledger(task.id())).as("%s", this).isEqualTo(run.ledger());
        assertThat(airline.sha256(task.id())).as("%s", this).isEqualTo(run.databaseSha256());
    }

    private List<JsonNode> completed() {
        return task.events("tool_completed");
    }

    /** The turns of the calls that the airline has executed. */
    private List<Integer> turns() {
        return airline.callers(task.id()).stream()
                .map(caller -> EffectId.parse(caller).turn())
                .toList();
    }

    private static String tool(JsonNode event) {
        return event.path("data").path("tool").asString();
    }
}
