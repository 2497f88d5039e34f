package dev.titan.contracts.steering;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.titan.contracts.task.Budget;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a user asked of a task, in the user's words, as stored. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Command.Pause.class, name = "pause"),
    @JsonSubTypes.Type(value = Command.Resume.class, name = "resume"),
    @JsonSubTypes.Type(value = Command.Say.class, name = "message"),
    @JsonSubTypes.Type(value = Command.Raise.class, name = "budget"),
    @JsonSubTypes.Type(value = Command.Decide.class, name = "decision")
})
public sealed interface Command {

    /** Stop before the next call. */
    record Pause() implements Command {}

    /** Go on. */
    record Resume() implements Command {}

    /**
     * Tell the model something, or answer its question.
     *
     * @param text the words
     */
    record Say(String text) implements Command {}

    /**
     * Allow more.
     *
     * @param budget the parts to raise
     */
    record Raise(Budget budget) implements Command {}

    /**
     * Allow a call or not.
     *
     * @param approval what is decided
     * @param status approved, edited or denied
     * @param argumentsHash of the call the person saw
     * @param arguments the arguments to use instead, when edited
     * @param note what the model is told, such as why not
     */
    record Decide(
            ApprovalId approval,
            ApprovalStatus status,
            String argumentsHash,
            @Nullable Map<String, Object> arguments,
            @Nullable String note)
            implements Command {}
}
