package dev.titan.api.task;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tools a task may ask for; the server knows them. */
public interface ToolNames {

    /** Returns every name. */
    Set<String> all();

    /** Returns what keeps arguments from fitting a tool, in words for a person; empty when they fit. */
    Optional<String> problemWith(String tool, Map<String, Object> arguments);
}
