package dev.titan.activities.chat;

import dev.titan.activities.tool.ToolDescription;
import dev.titan.contracts.chat.Message;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One question to a model.
 *
 * @param messages the conversation so far; valid, with every call answered
 * @param tools what it may call
 * @param wantedShape the shape of the reply, where it is to be a JSON object; absent: words or calls
 */
public record ChatQuestion(
        List<Message> messages,
        List<ToolDescription> tools,
        @Nullable ReplyShape wantedShape) {

    public ChatQuestion {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }

    /** A question whose answer is words or tool calls. */
    public static ChatQuestion open(List<Message> messages, List<ToolDescription> tools) {
        return new ChatQuestion(messages, tools, null);
    }

    /** A question whose answer is a JSON object. */
    public static ChatQuestion structured(List<Message> messages, ReplyShape shape) {
        return new ChatQuestion(messages, List.of(), shape);
    }

    /** Returns the shape of the reply. */
    public Optional<ReplyShape> shape() {
        return Optional.ofNullable(wantedShape);
    }
}
