package dev.titan.contracts.chat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One message of a transcript, as stored and as shown to a model. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Message.Instructions.class, name = "system"),
    @JsonSubTypes.Type(value = Message.Question.class, name = "user"),
    @JsonSubTypes.Type(value = Message.Reply.class, name = "assistant"),
    @JsonSubTypes.Type(value = Message.Result.class, name = "tool")
})
public sealed interface Message {

    /**
     * The standing instructions of a role.
     *
     * @param text the instructions
     * @param prompt name and version of the prompt file, such as {@code executor/1}
     */
    record Instructions(String text, String prompt) implements Message {}

    /**
     * What the model is asked.
     *
     * @param text the question
     */
    record Question(String text) implements Message {}

    /**
     * What the model answered.
     *
     * @param turn the turn of the step it answers, from 1; 0 outside a step's conversation
     * @param text its words; empty when it only asked for tools
     * @param calls the tools it asked for, in order
     * @param model {@code provider/model}
     * @param usage what the answer cost
     */
    record Reply(int turn, String text, List<AskedCall> calls, String model, Usage usage) implements Message {
        public Reply {
            calls = List.copyOf(calls);
        }
    }

    /**
     * A call as the model asked for it.
     *
     * @param id the provider's id, which ties the result to the call
     * @param tool the tool's name as written by the model
     * @param arguments the arguments as written by the model: JSON, if all is well
     */
    record AskedCall(String id, String tool, String arguments) {}

    /**
     * The result of a call.
     *
     * @param callId the provider's id of the call
     * @param tool the tool's name
     * @param text what the model reads
     * @param failed whether the tool failed, absent when unknown
     */
    record Result(
            String callId,
            String tool,
            String text,
            @Nullable Boolean failed) implements Message {}
}
