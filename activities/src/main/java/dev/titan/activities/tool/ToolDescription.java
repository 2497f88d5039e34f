package dev.titan.activities.tool;

import tools.jackson.databind.node.ObjectNode;

/**
 * A tool as a model is shown it.
 *
 * @param name what the model calls it
 * @param description what it does and its limits
 * @param parameters JSON Schema (2020-12) of the arguments object; every property described, none beyond those listed
 */
public record ToolDescription(String name, String description, ObjectNode parameters) {}
