package dev.titan.activities.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.titan.contracts.chat.Message;
import dev.titan.contracts.chat.Message.AskedCall;
import dev.titan.contracts.json.TitanJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Our messages as langchain4j's, and its answers as ours. */
final class MessageTranslation {

    /** OpenAI and Anthropic refuse a history with other names in it, also when the model itself made them up. */
    private static final Pattern NOT_IN_A_NAME = Pattern.compile("[^a-zA-Z0-9_-]");

    /** OpenAI: names have at most 64 characters. */
    private static final int NAME_CHARS_MAX = 64;

    private MessageTranslation() {}

    static List<ChatMessage> toProvider(List<Message> messages) {
        return messages.stream().map(MessageTranslation::toProvider).toList();
    }

    /** Gives every call an id, since some providers give none and some give the same twice. */
    static List<AskedCall> calls(AiMessage answer) {
        if (!answer.hasToolExecutionRequests()) {
            return List.of();
        }
        List<AskedCall> calls = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (ToolExecutionRequest request : answer.toolExecutionRequests()) {
            String id = request.id();
            if (id == null || id.isBlank() || !ids.add(id)) {
                id = "call_" + calls.size();
                ids.add(id);
            }
            calls.add(new AskedCall(id, textOf(request.name()), textOf(request.arguments())));
        }
        return calls;
    }

    private static ChatMessage toProvider(Message message) {
        return switch (message) {
            case Message.Instructions instructions -> SystemMessage.from(instructions.text());
            case Message.Question question -> UserMessage.from(question.text());
            case Message.Reply reply -> assistant(reply);
            case Message.Result result ->
                ToolExecutionResultMessage.builder()
                        .id(result.callId())
                        .toolName(name(result.tool()))
                        // Providers refuse an empty result, and commands without output are common.
                        .text(result.text().isEmpty() ? "(no output)" : result.text())
                        .isError(result.failed())
                        .build();
        };
    }

    private static AiMessage assistant(Message.Reply reply) {
        AiMessage.Builder builder = AiMessage.builder();
        if (!reply.text().isBlank()) {
            builder.text(reply.text());
        } else if (reply.calls().isEmpty()) {
            builder.text("(no words)"); // providers refuse an empty message
        }
        if (!reply.calls().isEmpty()) {
            builder.toolExecutionRequests(reply.calls().stream()
                    .map(call -> ToolExecutionRequest.builder()
                            .id(call.id())
                            .name(name(call.tool()))
                            .arguments(readable(call.arguments()))
                            .build())
                    .toList());
        }
        return builder.build();
    }

    private static String name(String tool) {
        String clean = NOT_IN_A_NAME.matcher(tool).replaceAll("_");
        return clean.isEmpty() ? "unknown" : clean.substring(0, Math.min(clean.length(), NAME_CHARS_MAX));
    }

    /** What is no JSON object would fail the request; the model learns of its mistake from the result. */
    private static String readable(String arguments) {
        try {
            return TitanJson.mapper().readTree(arguments).isObject() ? arguments : "{}";
        } catch (JacksonException malformed) {
            return "{}";
        }
    }

    private static String textOf(@Nullable String text) {
        return text == null ? "" : text;
    }
}
