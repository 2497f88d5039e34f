package dev.titan.server.role;

import dev.titan.activities.tool.ToolRegistry;
import dev.titan.api.task.ToolNames;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The registered tools, as the API asks about them. */
record RegisteredToolNames(ToolRegistry tools) implements ToolNames {

    @Override
    public Set<String> all() {
        return tools.names();
    }

    @Override
    public Optional<String> problemWith(String tool, Map<String, Object> arguments) {
        return tools.problemWith(tool, arguments);
    }
}
