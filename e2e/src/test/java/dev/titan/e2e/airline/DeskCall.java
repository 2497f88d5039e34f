package dev.titan.e2e.airline;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A call as it reaches the airline.
 *
 * @param desk whose copy of the database it is about
 * @param tool what is asked
 * @param arguments as JSON
 * @param caller what the caller says it is; written down and not looked at, so that tests can tell repeats
 * @param key under which a repeat is recognised; absent: every call is a new one
 */
record DeskCall(
        String desk,
        String tool,
        JsonNode arguments,
        String caller,
        @Nullable String key) {}
