package dev.titan.api.event;

import dev.titan.contracts.task.TaskId;
import java.util.Map;

/**
 * Where a stream begins, as the handshake has found it.
 *
 * @param task the task
 * @param after the last {@code seq} the client has seen, or 0
 * @param ended whether the task had ended, so that its log is complete
 */
record StreamStart(TaskId task, long after, boolean ended) {

    private static final String ATTRIBUTE = StreamStart.class.getName();

    void putInto(Map<String, Object> attributes) {
        attributes.put(ATTRIBUTE, this);
    }

    static StreamStart from(Map<String, Object> attributes) {
        if (attributes.get(ATTRIBUTE) instanceof StreamStart start) {
            return start;
        }
        throw new IllegalStateException("a stream without handshake");
    }
}
