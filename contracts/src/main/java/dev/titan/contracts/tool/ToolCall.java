package dev.titan.contracts.tool;

import java.util.Map;

/**
 * One use of a tool.
 *
 * @param tool the tool's name as asked for
 * @param arguments its arguments as asked for; the dispatch checks them against the schema
 */
public record ToolCall(String tool, Map<String, Object> arguments) {

    public ToolCall {
        arguments = Map.copyOf(arguments);
    }
}
