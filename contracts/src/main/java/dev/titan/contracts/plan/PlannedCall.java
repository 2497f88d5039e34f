package dev.titan.contracts.plan;

import java.util.Map;

/**
 * A call the planner has already decided on, so that the step can begin without asking a model.
 *
 * @param tool the tool's name
 * @param arguments its complete arguments
 */
public record PlannedCall(String tool, Map<String, Object> arguments) {

    public PlannedCall {
        arguments = Map.copyOf(arguments);
    }
}
