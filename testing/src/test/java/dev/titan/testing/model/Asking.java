package dev.titan.testing.model;

import dev.titan.contracts.json.TitanJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/** A conversation with the scripted model as a bare HTTP client has it. */
final class Asking {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final ScriptedModelServer server;
    private final List<Map<String, Object>> messages = new ArrayList<>();

    Asking(ScriptedModelServer server, AskedRole role, String goal, String rest) {
        this.server = server;
        messages.add(Map.of("role", "system", "content", "You are Titan's " + role.wire() + ".\nRules follow."));
        messages.add(Map.of("role", "user", "content", "<goal>\n" + goal + "\n</goal>\n" + rest));
    }

    /** Adds a call and its result, as if the reply before had asked for it. */
    Asking seen(String result) {
        Map<String, Object> call =
                Map.of("id", "c", "type", "function", "function", Map.of("name", "shell", "arguments", "{}"));
        messages.add(Map.of("role", "assistant", "content", "", "tool_calls", List.of(call)));
        messages.add(Map.of("role", "tool", "tool_call_id", "c", "content", result));
        return this;
    }

    HttpResponse<String> post(boolean stream) throws IOException, InterruptedException {
        return post(stream, Duration.ofSeconds(20));
    }

    /** Waits for the whole answer no longer than that; the JDK's own time limit ends with the headers. */
    HttpResponse<String> post(boolean stream, Duration timeout) throws IOException, InterruptedException {
        Map<String, Object> body = new HashMap<>();
        body.put("model", "any");
        body.put("messages", messages);
        if (stream) {
            body.put("stream", true);
            body.put("stream_options", Map.of("include_usage", true));
        }
        CompletableFuture<HttpResponse<String>> answer = CLIENT.sendAsync(
                HttpRequest.newBuilder(URI.create(server.baseUrl() + "/chat/completions"))
                        .header("Authorization", "Bearer key")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                TitanJson.mapper().writeValueAsString(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException("no whole answer within " + timeout);
        }
    }

    /** Returns the message of a whole answer. */
    JsonNode message() throws IOException, InterruptedException {
        HttpResponse<String> response = post(false);
        if (response.statusCode() != 200) {
            throw new IOException("status %d: %s".formatted(response.statusCode(), response.body()));
        }
        return TitanJson.mapper()
                .readTree(response.body())
                .path("choices")
                .path(0)
                .path("message");
    }

    /** Returns the JSON object a structured reply consists of. */
    JsonNode structured() throws IOException, InterruptedException {
        return TitanJson.mapper().readTree(message().path("content").asString());
    }

    /** Returns the command or content of the first call asked for. */
    JsonNode firstCall() throws IOException, InterruptedException {
        JsonNode function = message().path("tool_calls").path(0).path("function");
        return TitanJson.mapper().readTree(function.path("arguments").asString("{}"));
    }
}
