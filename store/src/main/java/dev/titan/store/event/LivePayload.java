package dev.titan.store.event;

import dev.titan.contracts.event.LiveEvent;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.json.TitanJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** A live event as the payload of a notification: the task's id, a space, and the event as JSON. */
final class LivePayload {

    /** PostgreSQL: a payload must be shorter than 8,000 bytes. */
    static final int BYTES_MAX = 7_900;

    private LivePayload() {}

    /** Returns the payloads, in order: a long piece of words is cut into as many as it needs. */
    static List<String> of(LiveEvent event) {
        String payload = event.taskId() + " " + TitanJson.mapper().writeValueAsString(event);
        if (payload.getBytes(StandardCharsets.UTF_8).length <= BYTES_MAX) {
            return List.of(payload);
        }
        if (!(event.data() instanceof TaskEvent.ModelDelta(int attempt, long offset, String text))) {
            throw new IllegalArgumentException("too long to be sent: " + event);
        }
        int middle = text.length() / 2;
        int cut = Character.isLowSurrogate(text.charAt(middle)) ? middle + 1 : middle;
        List<String> payloads =
                new ArrayList<>(of(with(event, new TaskEvent.ModelDelta(attempt, offset, text.substring(0, cut)))));
        payloads.addAll(of(with(event, new TaskEvent.ModelDelta(attempt, offset + cut, text.substring(cut)))));
        return payloads;
    }

    /** Returns the event; empty when another version of Titan has sent what this one does not know. */
    static Optional<LiveEvent> read(String json) {
        try {
            return Optional.of(TitanJson.mapper().readValue(json, LiveEvent.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    static LiveEvent with(LiveEvent event, TaskEvent.Live data) {
        return new LiveEvent(event.taskId(), event.timestamp(), event.stepId(), event.turn(), event.traceId(), data);
    }
}
