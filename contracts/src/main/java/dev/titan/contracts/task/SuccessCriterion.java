package dev.titan.contracts.task;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** One thing that must hold for a task to have succeeded. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SuccessCriterion.Words.class, name = "words"),
    @JsonSubTypes.Type(value = SuccessCriterion.Check.class, name = "check")
})
public sealed interface SuccessCriterion {

    /** Returns the criterion as a person would say it. */
    String says();

    /**
     * Judged by the reviewer from the evidence.
     *
     * @param says the criterion, 1–2,000 characters
     */
    record Words(String says) implements SuccessCriterion {
        public Words {
            if (says.isBlank()) {
                throw new IllegalArgumentException("a success criterion is blank");
            }
        }
    }

    /**
     * Judged by a shell command, run in the workspace when the plan is done: status 0 means it holds.
     *
     * @param says the criterion in words
     * @param command a bash command line
     */
    record Check(String says, String command) implements SuccessCriterion {
        public Check {
            if (command.isBlank()) {
                throw new IllegalArgumentException("the command of the check '%s' is blank".formatted(says));
            }
        }
    }
}
