package dev.titan.testing.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A request as it came.
 *
 * @param at when it had come in
 * @param role what it was for
 * @param goal the goal it names
 * @param headers names in lower case
 * @param body the JSON
 */
public record RecordedRequest(
        Instant at, AskedRole role, String goal, Map<String, List<String>> headers, JsonNode body) {

    public RecordedRequest {
        headers = Map.copyOf(headers);
    }

    /** Returns whether the answer was to be streamed. */
    public boolean stream() {
        return body.path("stream").asBoolean(false);
    }
}
