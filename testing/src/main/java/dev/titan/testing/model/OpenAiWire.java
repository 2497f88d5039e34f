package dev.titan.testing.model;

import dev.titan.contracts.json.TitanJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes replies as OpenAI's chat-completions API does, whole or as server-sent events. */
final class OpenAiWire {

    /** Roughly what a provider sends per event. */
    private static final int CHUNK_CHARS = 24;

    /** The estimate used all over Titan: four bytes a token. */
    private static final int BYTES_PER_TOKEN = 4;

    private final String id;
    private final String model;
    private final long created;

    OpenAiWire(String id, String model, long created) {
        this.id = id;
        this.model = model;
        this.created = created;
    }

    /** Writes a {@code chat.completion}. */
    String whole(WireReply reply, int requestBytes) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("role", "assistant");
        message.put("content", reply.text());
        if (!reply.calls().isEmpty()) {
            message.put(
                    "tool_calls", reply.calls().stream().map(OpenAiWire::call).toList());
        }
        return json(Map.of(
                "id",
                id,
                "object",
                "chat.completion",
                "created",
                created,
                "model",
                model,
                "choices",
                List.of(Map.of("index", 0, "message", message, "finish_reason", reply.finishReason())),
                "usage",
                usage(reply, requestBytes)));
    }

    /** Writes the {@code data:} lines of a {@code chat.completion.chunk} stream. */
    List<String> events(WireReply reply, int requestBytes, boolean withUsage) {
        List<String> events = new ArrayList<>();
        events.add(chunk(Map.of("role", "assistant", "content", ""), null));
        for (int from = 0; from < reply.text().length(); from += CHUNK_CHARS) {
            int to = Math.min(from + CHUNK_CHARS, reply.text().length());
            events.add(chunk(Map.of("content", reply.text().substring(from, to)), null));
        }
        for (int index = 0; index < reply.calls().size(); index++) {
            callEvents(index, reply.calls().get(index), events);
        }
        events.add(chunk(Map.of(), reply.finishReason()));
        if (withUsage) {
            Map<String, Object> last = envelope();
            last.put("choices", List.of());
            last.put("usage", usage(reply, requestBytes));
            events.add(json(last));
        }
        events.add("[DONE]");
        return events.stream().map(event -> "data: " + event + "\n\n").toList();
    }

    /** Writes the body of an error. */
    static String error(String code, String message) {
        return json(Map.of("error", Map.of("message", message, "type", code, "code", code)));
    }

    /** Writes the list of models. */
    static String models(String model) {
        return json(Map.of(
                "object",
                "list",
                "data",
                List.of(Map.of("id", model, "object", "model", "created", 0, "owned_by", "titan"))));
    }

    private void callEvents(int index, WireReply.Call call, List<String> events) {
        events.add(chunk(
                Map.of(
                        "tool_calls",
                        List.of(Map.of(
                                "index",
                                index,
                                "id",
                                call.id(),
                                "type",
                                "function",
                                "function",
                                Map.of("name", call.tool(), "arguments", "")))),
                null));
        for (int from = 0; from < call.arguments().length(); from += CHUNK_CHARS) {
            int to = Math.min(from + CHUNK_CHARS, call.arguments().length());
            String piece = call.arguments().substring(from, to);
            events.add(chunk(
                    Map.of("tool_calls", List.of(Map.of("index", index, "function", Map.of("arguments", piece)))),
                    null));
        }
    }

    private String chunk(Map<String, Object> delta, @Nullable String finishReason) {
        Map<String, Object> choice = new LinkedHashMap<>();
        choice.put("index", 0);
        choice.put("delta", delta);
        if (finishReason != null) {
            choice.put("finish_reason", finishReason);
        }
        Map<String, Object> chunk = envelope();
        chunk.put("choices", List.of(choice));
        return json(chunk);
    }

    private Map<String, Object> envelope() {
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("id", id);
        envelope.put("object", "chat.completion.chunk");
        envelope.put("created", created);
        envelope.put("model", model);
        return envelope;
    }

    private static Map<String, Object> call(WireReply.Call call) {
        return Map.of(
                "id", call.id(),
                "type", "function",
                "function", Map.of("name", call.tool(), "arguments", call.arguments()));
    }

    private static Map<String, Object> usage(WireReply reply, int requestBytes) {
        int in = Math.max(1, requestBytes / BYTES_PER_TOKEN);
        int chars = reply.text().length()
                + reply.calls().stream()
                        .mapToInt(
                                call -> call.tool().length() + call.arguments().length())
                        .sum();
        int out = Math.max(1, chars / BYTES_PER_TOKEN);
        return Map.of("prompt_tokens", in, "completion_tokens", out, "total_tokens", in + out);
    }

    private static String json(Object value) {
        return TitanJson.mapper().writeValueAsString(value);
    }
}
