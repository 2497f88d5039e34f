package dev.titan.contracts.task;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * How a task ended: the result of its workflow, returned and never thrown. A cancelled task's workflow is closed by
 * Temporal as cancelled, which takes the place of the result.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TaskOutcome.Succeeded.class, name = "succeeded"),
    @JsonSubTypes.Type(value = TaskOutcome.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = TaskOutcome.Cancelled.class, name = "cancelled")
})
public sealed interface TaskOutcome {

    /** Long enough for a cause and a remedy, short enough for Temporal's history. */
    int MESSAGE_CHARS_MAX = 1_000;

    /**
     * The success criteria are met.
     *
     * @param answer what to tell the user, at most {@value #MESSAGE_CHARS_MAX} characters
     */
    record Succeeded(String answer) implements TaskOutcome {
        public Succeeded {
            answer = shortened(answer);
        }
    }

    /**
     * The task ended without success.
     *
     * @param reason the kind
     * @param message what happened and what to do, at most {@value #MESSAGE_CHARS_MAX} characters
     */
    record Failed(TaskReason reason, String message) implements TaskOutcome {
        public Failed {
            message = shortened(message);
        }
    }

    /** A user ended the task. */
    record Cancelled() implements TaskOutcome {}

    private static String shortened(String text) {
        return text.length() <= MESSAGE_CHARS_MAX ? text : text.substring(0, MESSAGE_CHARS_MAX - 1) + "…";
    }
}
