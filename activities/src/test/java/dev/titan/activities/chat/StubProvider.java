package dev.titan.activities.chat;

import com.sun.net.httpserver.HttpServer;
import dev.titan.contracts.json.TitanJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import tools.jackson.databind.JsonNode;

/** A provider that answers every request with one prepared response and keeps what it was asked. */
final class StubProvider implements AutoCloseable {

    record Asked(String path, Map<String, List<String>> headers, JsonNode body) {}

    private final HttpServer server;
    private final LinkedBlockingQueue<Asked> asked = new LinkedBlockingQueue<>();

    StubProvider(int status, String response, Map<String, String> headers) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                Map<String, List<String>> got = new HashMap<>();
                exchange.getRequestHeaders().forEach((name, values) -> got.put(name.toLowerCase(Locale.ROOT), values));
                asked.add(new Asked(
                        exchange.getRequestURI().getPath(),
                        got,
                        TitanJson.mapper().readTree(exchange.getRequestBody().readAllBytes())));
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                headers.forEach(exchange.getResponseHeaders()::set);
                byte[] bytes = response.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path);
    }

    Asked asked() {
        Asked first = asked.poll();
        if (first == null) {
            throw new AssertionError("nothing was asked");
        }
        return first;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
