package dev.titan.contracts.tool;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.titan.contracts.steering.CommandId;

/** What people made of a call; their words are stored with the command. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Ruling.Approved.class, name = "approved"),
    @JsonSubTypes.Type(value = Ruling.Edited.class, name = "edited"),
    @JsonSubTypes.Type(value = Ruling.Denied.class, name = "denied"),
    @JsonSubTypes.Type(value = Ruling.Answered.class, name = "answered"),
    @JsonSubTypes.Type(value = Ruling.Expired.class, name = "expired"),
    @JsonSubTypes.Type(value = Ruling.Withdrawn.class, name = "withdrawn")
})
public sealed interface Ruling {

    /**
     * It may be made as it was asked for.
     *
     * @param argumentsHash of the call that was approved; another one is not made
     */
    record Approved(String argumentsHash) implements Ruling {}

    /** It is made with the arguments of the command. */
    record Edited(CommandId command) implements Ruling {}

    /** It is not made. */
    record Denied(CommandId command) implements Ruling {}

    /** It was a question, and the message of the command answers it. */
    record Answered(CommandId command) implements Ruling {}

    /** Nobody said anything in time; it is not made. */
    record Expired() implements Ruling {}

    /** The task was cancelled after the call had begun and before anybody waited for it; it is not made. */
    record Withdrawn() implements Ruling {}
}
