package dev.titan.e2e.airline;

import dev.titan.contracts.json.TitanJson;
import dev.titan.testing.model.ScriptedReply;
import dev.titan.testing.recipe.Recipe;
import dev.titan.testing.recipe.RecipeStep;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A recorded run and what it must leave behind.
 *
 * @param recipe the recording
 * @param executed the calls of changing tools that were not refused, in order
 * @param ledger those of them that changed something
 * @param changed the records that differ at the end
 * @param databaseSha256 of the whole database at the end
 */
public record AirlineRun(
        Recipe recipe,
        List<LedgerRow> executed,
        List<LedgerRow> ledger,
        List<JsonNode> changed,
        String databaseSha256) {

    public AirlineRun {
        executed = List.copyOf(executed);
        ledger = List.copyOf(ledger);
        changed = List.copyOf(changed);
    }

    static AirlineRun of(Recipe recipe, JsonNode expected) {
        return new AirlineRun(
                recipe,
                executed(recipe),
                expected.path("ledger")
                        .valueStream()
                        .map(row -> new LedgerRow(
                                row.path("name").asString(),
                                row.path("args_sha256").asString()))
                        .toList(),
                expected.path("changed").valueStream().toList(),
                expected.path("db_sha256").asString());
    }

    /** Every run has one call a turn. */
    private static List<LedgerRow> executed(Recipe recipe) {
        List<LedgerRow> executed = new ArrayList<>();
        List<RecipeStep> steps = recipe.steps();
        for (int i = 0; i < steps.size() - 1; i++) {
            if (steps.get(i) instanceof RecipeStep.Assistant assistant
                    && !assistant.calls().isEmpty()
                    && AirlineTools.CHANGES.contains(
                            assistant.calls().getFirst().tool())
                    && !steps.get(i + 1).content().startsWith("Error: ")) {
                executed.add(row(assistant.calls().getFirst()));
            }
        }
        return executed;
    }

    private static LedgerRow row(ScriptedReply.Call call) {
        JsonNode arguments = TitanJson.mapper().valueToTree(call.arguments());
        return new LedgerRow(call.tool(), RecordText.sha256(RecordText.CANONICAL.of(arguments)));
    }

    /** Returns how many tool results were recorded. */
    public long recordedResults() {
        return recipe.steps().stream().filter(RecipeStep.Tool.class::isInstance).count();
    }

    /** Returns the run's name. */
    public String name() {
        return recipe.name();
    }

    @Override
    public String toString() {
        return name();
    }
}
