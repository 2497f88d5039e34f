package dev.titan.testing.system;

import dev.titan.contracts.json.TitanJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The API as a test uses it: plain JSON over plain HTTP. */
public final class TitanClient {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    private static final int PAGE = 500;
    private static final Set<String> ENDED = Set.of("succeeded", "failed", "cancelled");

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI api;
    private final String key;

    /** @param key the API key; empty: none is sent */
    public TitanClient(URI api, String key) {
        this.api = api;
        this.key = key;
    }

    /** An answer: its status, its media type and its JSON, which is null when the body is empty. */
    public record Answer(int status, String mediaType, JsonNode json) {}

    /** Posts a task and returns its id; anything but 202 is an {@link IllegalStateException}. */
    public String submit(Map<String, Object> body) {
        Answer answer = send("POST", "/v1/tasks", TitanJson.mapper().writeValueAsString(body));
        if (answer.status() != 202) {
            throw new IllegalStateException("POST /v1/tasks answered %d: %s".formatted(answer.status(), answer.json()));
        }
        return answer.json().path("taskId").asString();
    }

    /** Returns the task with its plan, events and artifacts. */
    public JsonNode task(String id) {
        return get("/v1/tasks/" + id);
    }

    /** Returns whether the task has ended. */
    public boolean ended(String id) {
        return ENDED.contains(task(id).path("status").asString());
    }

    /** Returns every event of the task, in order. */
    public List<JsonNode> events(String id) {
        List<JsonNode> events = new ArrayList<>();
        JsonNode page;
        do {
            long after = events.isEmpty() ? 0 : events.getLast().path("seq").asLong();
            page = get("/v1/tasks/%s/events?after=%d&limit=%d".formatted(id, after, PAGE));
            page.path("data").forEach(events::add);
        } while (page.path("has_more").asBoolean());
        return events;
    }

    /** Returns the events of one type. */
    public List<JsonNode> events(String id, String type) {
        return events(id).stream()
                .filter(event -> event.path("type").asString().equals(type))
                .toList();
    }

    /** Returns the content of the task's artifact of that name. */
    public String artifact(String id, String name) {
        for (JsonNode artifact : task(id).path("artifacts")) {
            if (artifact.path("name").asString().equals(name)) {
                String path = "/v1/tasks/%s/artifacts/%s"
                        .formatted(id, artifact.path("id").asString());
                return exchange("GET", path, "", Map.of()).body();
            }
        }
        throw new IllegalStateException("task %s has no artifact %s".formatted(id, name));
    }

    /** Returns the JSON at a path; anything but 200 is an {@link IllegalStateException}. */
    private JsonNode get(String path) {
        Answer answer = send("GET", path, "");
        if (answer.status() != 200) {
            throw new IllegalStateException("GET %s answered %d: %s".formatted(path, answer.status(), answer.json()));
        }
        return answer.json();
    }

    /** Sends any request; the path begins with a slash. */
    public Answer send(String method, String path, String body) {
        return send(method, path, body, Map.of());
    }

    /** Sends any request with further headers. */
    public Answer send(String method, String path, String body, Map<String, String> headers) {
        HttpResponse<String> response = exchange(method, path, body, headers);
        String text = response.body();
        String type = response.headers().firstValue("Content-Type").orElse("");
        return new Answer(response.statusCode(), type, TitanJson.mapper().readTree(text.isEmpty() ? "null" : text));
    }

    private HttpResponse<String> exchange(String method, String path, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(api.resolve(path))
                .timeout(ANSWER_MAX)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
