package dev.titan.tool;

import java.util.List;
import java.util.Map;

/**
 * Brings tools to a Titan that was built without them. A public class with a public constructor without parameters, named
 * in {@code META-INF/services/dev.titan.tool.ToolProvider} of a jar or a directory of classes that {@code TITAN_TOOLS}
 * names; see {@link java.util.ServiceLoader}.
 */
public interface ToolProvider {

    /**
     * Returns the tools; asked once, when a process starts. What it throws keeps the process from starting.
     *
     * @param settings the environment of the process, for addresses and credentials of the tools' own
     */
    List<Tool<?>> tools(Map<String, String> settings);
}
