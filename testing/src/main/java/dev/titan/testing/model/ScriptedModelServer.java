package dev.titan.testing.model;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.titan.contracts.json.TitanJson;
import dev.titan.testing.model.ScriptedReply.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A model that follows scripts, behind a real HTTP server on the loopback interface that speaks OpenAI's
 * chat-completions API: {@code POST /v1/chat/completions}, streamed or not, and {@code GET /v1/models}. An answer
 * follows from the messages of its request alone, so a repeated request is answered alike, also by another process.
 * Thread-safe.
 */
public final class ScriptedModelServer implements AutoCloseable {

    /** The name of the model, which says what it is. */
    public static final String MODEL = "titan-scripted-demo";

    static {
        // Without it Nagle's algorithm and delayed acknowledgements add 40 ms to every answer (JDK HttpServer).
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<ModelScript> scripts;
    private final RequestLog requests = new RequestLog();
    private final FaultPlan faults = new FaultPlan();
    private final CountDownLatch closed = new CountDownLatch(1);

    private ScriptedModelServer(int port, List<ModelScript> scripts) throws IOException {
        this.scripts = new CopyOnWriteArrayList<>(scripts);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    /** Starts a server on a free port; a goal that no script plays is a status 400. */
    public static ScriptedModelServer start(List<ModelScript> scripts) {
        return start(0, scripts);
    }

    /** Starts a server on the given port, or on a free one for 0. */
    public static ScriptedModelServer start(int port, List<ModelScript> scripts) {
        try {
            return new ScriptedModelServer(port, scripts);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + port, e);
        }
    }

    /** Starts the demo: the shipped scripts, and an honest answer to every other goal. */
    public static ScriptedModelServer demo(int port) {
        List<ModelScript> scripts = new ArrayList<>(ScriptLibrary.shipped());
        scripts.add(new UnknownGoalScript(List.of("\"Create a Node.js Hello World app and test it\"")));
        return start(port, scripts);
    }

    /** Adds a script in front of the others. */
    public void add(ModelScript script) {
        scripts.addFirst(script);
    }

    /** Returns the base URL for an OpenAI client: {@code http://127.0.0.1:<port>/v1}. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:%d/v1".formatted(port()));
    }

    /** Returns the port. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Returns what was asked so far. */
    public RequestLog requests() {
        return requests;
    }

    /** Returns the faults to come. */
    public FaultPlan faults() {
        return faults;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.endsWith("/models")) {
                send(exchange, 200, OpenAiWire.models(MODEL));
            } else if (path.endsWith("/chat/completions")
                    && exchange.getRequestMethod().equals("POST")) {
                complete(exchange);
            } else {
                send(exchange, 404, OpenAiWire.error("not_found", "no such path: " + path));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void complete(HttpExchange exchange) throws IOException, InterruptedException {
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        JsonNode body;
        try {
            body = TitanJson.mapper().readTree(bytes);
        } catch (JacksonException e) {
            send(exchange, 400, OpenAiWire.error("invalid_request_error", "the body is not JSON"));
            return;
        }
        ModelRequest request = ModelRequest.of(body);
        Optional<ModelScript> script = script(request);
        RecordedRequest record =
                new RecordedRequest(Instant.now(), request.role(), request.goal(), headers(exchange), body);
        RequestLog.Numbers numbers =
                requests.add(record, bytes.length, script.map(ModelScript::name).orElse("none"));
        Optional<Fault> fault = faults.strike(
                        request.role(), numbers, script.map(ModelScript::faults).orElse(List.of()))
                .or(() -> script.filter(found -> bytes.length > found.requestBytesMax(request.role()))
                        .map(found -> Fault.contextLengthExceeded()));
        waitFor(script.map(found -> found.latency(request.role())).orElse(Duration.ZERO));

        if (script.isEmpty() && request.role() != AskedRole.OTHER) {
            send(exchange, 400, OpenAiWire.error("no_script", "no script plays the goal: " + request.goal()));
            return;
        }
        ScriptedReply scripted = script.map(found -> found.reply(request))
                .orElseGet(() -> new Words("This is Titan's scripted model; it only plays prepared goals."));
        WireReply reply = WireReply.of(scripted, request);
        ReplyDelivery.Pacing pacing = event -> {
            if (script.isPresent()) {
                script.get().beforeEvent(request.role(), event);
            }
        };
        new ReplyDelivery(exchange, record, bytes.length, pacing, closed).deliver(reply, fault);
    }

    private Optional<ModelScript> script(ModelRequest request) {
        return scripts.stream()
                .filter(candidate -> request.role() != AskedRole.OTHER && candidate.plays(request.goal()))
                .findFirst();
    }

    private void waitFor(Duration latency) throws InterruptedException {
        if (latency.isPositive()) {
            boolean ended = closed.await(latency.toMillis(), TimeUnit.MILLISECONDS);
            if (ended) {
                throw new InterruptedException("the server is closed");
            }
        }
    }

    private static Map<String, List<String>> headers(HttpExchange exchange) {
        Map<String, List<String>> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        return headers;
    }

    static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
