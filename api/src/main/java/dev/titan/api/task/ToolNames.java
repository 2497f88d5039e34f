package dev.titan.api.task;

import java.util.Set;

/** The tools a task may ask for; the server knows them. */
@FunctionalInterface
public interface ToolNames {

    /** Returns every name. */
    Set<String> all();
}
