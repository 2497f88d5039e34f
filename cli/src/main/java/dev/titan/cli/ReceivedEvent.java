package dev.titan.cli;

import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.event.LiveEvent;
import dev.titan.contracts.json.TitanJson;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * An event as it came over the wire. A newer server may send types this client does not know: they are counted and
 * handed on to programs as they are, and not shown to people.
 *
 * @param json the envelope
 */
record ReceivedEvent(JsonNode json) {

    static ReceivedEvent parse(String text) {
        return new ReceivedEvent(TitanJson.mapper().readTree(text));
    }

    long seq() {
        return json.path("seq").asLong(0);
    }

    /** Returns whether it is no event of the log but said in passing: it has no {@code seq} and does not come again. */
    boolean isPassing() {
        return !json.has("seq");
    }

    /** Returns a passing word as this client understands it. */
    Optional<LiveEvent> live() {
        try {
            return Optional.of(TitanJson.mapper().treeToValue(json, LiveEvent.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Returns the envelope as this client understands it. */
    Optional<EventEnvelope> envelope() {
        try {
            return Optional.of(TitanJson.mapper().treeToValue(json, EventEnvelope.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Returns whether no event follows this one. */
    boolean isLast() {
        String type = type();
        return type.equals("complete") || type.equals("error");
    }

    /** Returns whether the task may be at rest from here on, until a person does something. */
    boolean mayRest() {
        String type = type();
        return type.equals("paused") || type.equals("approval_requested");
    }

    private String type() {
        return json.path("type").asString("");
    }
}
