package dev.titan.cli;

import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.json.TitanJson;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** The HTTP API, as far as the command line uses it. Every refusal is an {@link ApiException}. */
final class TitanApi {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI base;
    private final String key;

    TitanApi(URI base, String key) {
        this.base = base;
        this.key = key;
    }

    URI base() {
        return base;
    }

    /** Returns whether a Titan server answers there. */
    boolean answers() {
        try {
            return http.send(request("/health").GET().build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    JsonNode submit(Map<String, Object> body) {
        return json(request("/v1/tasks")
                .POST(HttpRequest.BodyPublishers.ofString(TitanJson.mapper().writeValueAsString(body)))
                .build());
    }

    JsonNode task(String id) {
        return json(request("/v1/tasks/" + encode(id)).GET().build());
    }

    JsonNode tasks(int limit) {
        return json(request("/v1/tasks?limit=" + limit).GET().build());
    }

    JsonNode cancel(String id) {
        return json(request("/v1/tasks/" + encode(id)).DELETE().build());
    }

    /** Returns events after {@code seq}, at most 500. */
    List<EventEnvelope> events(String id, long after) {
        JsonNode page = json(request("/v1/tasks/%s/events?after=%d&limit=500".formatted(encode(id), after))
                .GET()
                .build());
        return StreamSupport.stream(page.path("data").spliterator(), false)
                .map(node -> TitanJson.mapper().treeToValue(node, EventEnvelope.class))
                .toList();
    }

    byte[] artifact(String task, String artifact) {
        HttpRequest request = request("/v1/tasks/%s/artifacts/%s".formatted(encode(task), encode(artifact)))
                .GET()
                .build();
        return send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    }

    /** Returns a follower of the task's live stream. */
    EventStream stream(String id) {
        return new EventStream(http, this, URI.create(base.toString().replaceFirst("^http", "ws")), key, id);
    }

    private JsonNode json(HttpRequest request) {
        HttpResponse<String> response = send(request, HttpResponse.BodyHandlers.ofString());
        JsonNode body = response.body().isBlank()
                ? TitanJson.mapper().createObjectNode()
                : TitanJson.mapper().readTree(response.body());
        if (response.statusCode() >= 400) {
            throw ApiException.refused(response.statusCode(), body);
        }
        return body;
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw new ApiException(
                    "No Titan server answers at %s. Start one with ./titan up, or name another with --server."
                            .formatted(base));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException("interrupted");
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(ANSWER_MAX)
                .header("Content-Type", "application/json");
        return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
