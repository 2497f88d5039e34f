package dev.titan.e2e.airline;

import dev.titan.testing.recipe.Recipe;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A recorded run and what it must leave behind.
 *
 * @param recipe the recording
 * @param ledger the calls that changed something, in order
 * @param changed the records that differ at the end
 * @param databaseSha256 of the whole database at the end
 */
public record AirlineRun(Recipe recipe, List<LedgerRow> ledger, List<JsonNode> changed, String databaseSha256) {

    public AirlineRun {
        ledger = List.copyOf(ledger);
        changed = List.copyOf(changed);
    }

    static AirlineRun of(Recipe recipe, JsonNode expected) {
        return new AirlineRun(
                recipe,
                expected.path("ledger")
                        .valueStream()
                        .map(row -> new LedgerRow(
                                row.path("name").asString(),
                                row.path("args_sha256").asString()))
                        .toList(),
                expected.path("changed").valueStream().toList(),
                expected.path("db_sha256").asString());
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
