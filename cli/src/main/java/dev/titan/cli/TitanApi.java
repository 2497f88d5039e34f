package dev.titan.cli;

import dev.titan.contracts.json.TitanJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The HTTP API, as far as the command line uses it. Everything that goes wrong is an {@link ApiException}. Thread-safe. */
final class TitanApi {

    /** The slowest answer is a large list of events from a busy server. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    /** A server on the other side of the world takes a third of a second. */
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

    /** As many as the API gives at once is 999; half of it keeps an answer small. */
    private static final int EVENTS_PAGE = 500;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_MAX).build();
    private final String base;
    private final String key;

    /**
     * A client of one server.
     *
     * @param base its address; a path in it is kept, for servers behind a proxy
     * @param key the API key, or empty to send none
     */
    TitanApi(URI base, String key) {
        this.base = base.toString().replaceFirst("/+$", "");
        this.key = key;
    }

    String base() {
        return base;
    }

    /** Returns whether a Titan server answers there; something else that listens on the port does not count. */
    boolean answers() throws InterruptedException {
        try {
            HttpResponse<String> response =
                    send(request("/health").timeout(CONNECT_MAX).GET().build(), BodyHandlers.ofString());
            return response.statusCode() == 200 && parse(response.body()).has("status");
        } catch (ApiException.Unreachable e) {
            return false;
        }
    }

    /** Returns the address of Temporal's UI, when the server tells. */
    Optional<String> temporalUi() throws InterruptedException {
        HttpResponse<String> response = send(request("/ready").GET().build(), BodyHandlers.ofString());
        return parse(response.body()).path("temporal_ui").stringValueOpt();
    }

    JsonNode submit(Map<String, Object> body) throws InterruptedException {
        return post(request("/v1/tasks"), body);
    }

    /** Begins a task that goes on from another one; the verb is the last part of the address. */
    JsonNode begin(String id, String verb, Map<String, Object> body) throws InterruptedException {
        return post(request(path(id) + "/" + verb), body);
    }

    /**
     * Asks something of a running task; the verb is the last part of the address.
     *
     * @param key names the command: sent again under the same key it is one
     */
    JsonNode steer(String id, String verb, Map<String, Object> body, String key) throws InterruptedException {
        return command(path(id) + "/" + verb, body, key);
    }

    /** Decides about a call that waits. */
    JsonNode decide(String approval, Map<String, Object> body, String key) throws InterruptedException {
        return command("/v1/approvals/" + encode(approval), body, key);
    }

    /** Returns the calls that wait for a person, oldest first. */
    List<JsonNode> approvals() throws InterruptedException {
        JsonNode list = json(request("/v1/approvals?status=pending").GET().build());
        return StreamSupport.stream(list.path("data").spliterator(), false).toList();
    }

    private JsonNode command(String path, Map<String, Object> body, String key) throws InterruptedException {
        return post(request(path).header("Idempotency-Key", key), body);
    }

    private JsonNode post(HttpRequest.Builder request, Map<String, Object> body) throws InterruptedException {
        return json(request.POST(
                        HttpRequest.BodyPublishers.ofString(TitanJson.mapper().writeValueAsString(body)))
                .build());
    }

    JsonNode task(String id) throws InterruptedException {
        return json(request(path(id)).GET().build());
    }

    JsonNode tasks(int limit) throws InterruptedException {
        return json(request("/v1/tasks?limit=" + limit).GET().build());
    }

    JsonNode cancel(String id) throws InterruptedException {
        return json(request(path(id)).DELETE().build());
    }

    /** Returns some of the events after {@code seq}, in order; none when there are no more for now. */
    List<ReceivedEvent> events(String id, long after) throws InterruptedException {
        JsonNode page = json(request(path(id) + "/events?after=%d&limit=%d".formatted(after, EVENTS_PAGE))
                .GET()
                .build());
        return StreamSupport.stream(page.path("data").spliterator(), false)
                .map(ReceivedEvent::new)
                .toList();
    }

    /** Returns what the task has left behind, in the order it was stored. */
    List<JsonNode> artifacts(String id) throws InterruptedException {
        JsonNode list = json(request(path(id) + "/artifacts").GET().build());
        return StreamSupport.stream(list.path("data").spliterator(), false).toList();
    }

    /** Returns where an artifact's content is to be had. */
    String artifactUrl(String task, String artifact) {
        return base + path(task) + "/artifacts/" + encode(artifact);
    }

    /** Opens an artifact's content; the caller closes it. */
    InputStream open(String task, String artifact) throws IOException, InterruptedException {
        HttpRequest request = authorised(HttpRequest.newBuilder(URI.create(artifactUrl(task, artifact))))
                .GET()
                .build();
        HttpResponse<InputStream> response = send(request, BodyHandlers.ofInputStream());
        if (response.statusCode() >= 400) {
            try (InputStream body = response.body()) {
                throw ApiException.of(
                        response.statusCode(), parse(new String(body.readAllBytes(), StandardCharsets.UTF_8)));
            }
        }
        return response.body();
    }

    /** Opens the task's live stream after {@code seq}. */
    CompletableFuture<WebSocket> stream(String id, long after, WebSocket.Listener listener) {
        WebSocket.Builder socket = http.newWebSocketBuilder().connectTimeout(CONNECT_MAX);
        if (!key.isEmpty()) {
            socket.header("Authorization", "Bearer " + key);
        }
        String address = (base + path(id)).replaceFirst("^http", "ws") + "/stream?after=" + after;
        return socket.buildAsync(URI.create(address), listener);
    }

    private JsonNode json(HttpRequest request) throws InterruptedException {
        HttpResponse<String> response = send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 400) {
            throw ApiException.of(response.statusCode(), parse(response.body()));
        }
        return parse(response.body());
    }

    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) throws InterruptedException {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw new ApiException.Unreachable(
                    "No Titan server answers at %s. Start one with ./titan up, or name another with --server."
                            .formatted(base));
        }
    }

    private HttpRequest.Builder request(String path) {
        return authorised(HttpRequest.newBuilder(URI.create(base + path)))
                .timeout(ANSWER_MAX)
                .header("Content-Type", "application/json");
    }

    private HttpRequest.Builder authorised(HttpRequest.Builder request) {
        return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
    }

    /** What is not JSON, such as a proxy's error page, says nothing. */
    private static JsonNode parse(String body) {
        try {
            return TitanJson.mapper().readTree(body.isBlank() ? "{}" : body);
        } catch (JacksonException e) {
            return TitanJson.mapper().createObjectNode();
        }
    }

    private static String path(String task) {
        return "/v1/tasks/" + encode(task);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
