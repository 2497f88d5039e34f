package dev.titan.activities.chat;

import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.titan.contracts.json.TitanJson;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Stands between a stream and the provider's reader of it, because some of those readers skip an event they cannot read,
 * or take an error for a piece without words: either would pass for an answer. The first end counts. Used by one thread.
 */
final class StreamWatch implements ServerSentEventListener {

    private static final String LAST_OF_OPENAI = "[DONE]";

    /** What a provider is told by a status when it refuses at once, it says by a word in mid-stream. */
    private static final List<Map.Entry<String, Integer>> STATUSES = List.of(
            Map.entry("insufficient_quota", 429),
            Map.entry("rate_limit", 429),
            Map.entry("overloaded", 503),
            Map.entry("unavailable", 503),
            Map.entry("context_length", 400),
            Map.entry("invalid_request", 400),
            Map.entry("authentication", 401),
            Map.entry("permission", 403));

    private final String host;
    private final ServerSentEventListener reader;
    private boolean ended;

    StreamWatch(String host, ServerSentEventListener reader) {
        this.host = host;
        this.reader = reader;
    }

    @Override
    public void onOpen(SuccessfulHttpResponse response) {
        reader.onOpen(response);
    }

    @Override
    public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
        if (ended) {
            return;
        }
        try {
            String data = event.data().strip();
            if (!data.isEmpty() && !data.equals(LAST_OF_OPENAI)) {
                requireNoError(data);
            }
            reader.onEvent(event, context);
        } catch (RuntimeException e) {
            context.parsingHandle().cancel();
            onError(e);
        }
    }

    @Override
    public void onError(Throwable error) {
        if (!ended) {
            ended = true;
            reader.onError(error);
        }
    }

    @Override
    public void onClose() {
        if (!ended) {
            ended = true;
            reader.onClose();
        }
    }

    /** What to make of a whole body where a stream was asked for. */
    ChatException notStreamed(String body) {
        json(body);
        return new ChatException.RequestRefused(
                "%s does not stream: it sent one JSON document.".formatted(host), RetryAdvice.NONE, null);
    }

    private void requireNoError(String data) {
        JsonNode json = json(data);
        if (json.hasNonNull("error")) {
            throw new RefusedResponse(status(json.path("error")), data, Map.of());
        }
    }

    private JsonNode json(String data) {
        try {
            return TitanJson.mapper().readTree(data);
        } catch (JacksonException e) {
            throw new ChatException.Unavailable(
                    "%s sent an answer that cannot be read: %s".formatted(host, e.getOriginalMessage()),
                    RetryAdvice.NONE,
                    e);
        }
    }

    private static int status(JsonNode error) {
        int code = error.path("code").asInt(0);
        if (code >= 400 && code < 600) {
            return code;
        }
        String says = error.toString().toLowerCase(Locale.ROOT);
        return STATUSES.stream()
                .filter(known -> says.contains(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(500);
    }
}
