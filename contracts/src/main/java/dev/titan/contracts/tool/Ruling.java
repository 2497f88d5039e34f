package dev.titan.contracts.tool;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.titan.contracts.steering.CommandId;
import org.jspecify.annotations.Nullable;

/** What people made of a call; their words are stored with the command. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Ruling.Approved.class, name = "approved"),
    @JsonSubTypes.Type(value = Ruling.Edited.class, name = "edited"),
    @JsonSubTypes.Type(value = Ruling.Denied.class, name = "denied"),
    @JsonSubTypes.Type(value = Ruling.Answered.class, name = "answered"),
    @JsonSubTypes.Type(value = Ruling.Expired.class, name = "expired"),
    @JsonSubTypes.Type(value = Ruling.Withdrawn.class, name = "withdrawn"),
    @JsonSubTypes.Type(value = Ruling.Told.class, name = "told"),
    @JsonSubTypes.Type(value = Ruling.Untold.class, name = "untold")
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

    /**
     * A crash hides what became of it, and a person says that; it is not made again.
     *
     * @param command the message that says it
     * @param before what a person made of the call before it was made; absent when nobody was asked
     */
    record Told(CommandId command, @Nullable Ruling before) implements Ruling {}

    /**
     * A crash hides what became of it, and nobody has said that in time; it is not made again.
     *
     * @param before what a person made of the call before it was made; absent when nobody was asked
     */
    record Untold(@Nullable Ruling before) implements Ruling {}
}
