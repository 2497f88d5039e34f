package dev.titan.activities.chat;

import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON object a structured reply has to be.
 *
 * @param name a name for the provider, {@code [a-z_]+}
 * @param schema its JSON Schema (2020-12)
 */
public record ReplyShape(String name, ObjectNode schema) {}
