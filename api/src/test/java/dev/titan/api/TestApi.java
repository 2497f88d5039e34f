package dev.titan.api;

import static java.util.Objects.requireNonNull;

import dev.titan.contracts.json.TitanJson;
import dev.titan.dev.postgres.PostgresAddress;
import dev.titan.testing.postgres.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** A running API and a client of it. */
final class TestApi implements AutoCloseable {

    static final String KEY = "dev-key-123";

    private final ConfigurableApplicationContext application;
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    private TestApi(ConfigurableApplicationContext application) {
        this.application = application;
        this.port = requireNonNull(((WebServerApplicationContext) application).getWebServer())
                .getPort();
    }

    /** Starts an API on a free port of loopback, over a database of its own. */
    static TestApi start(Map<String, Object> settings) {
        PostgresAddress database = TestPostgres.freshDatabase();
        return new TestApi(new SpringApplicationBuilder(TestApiApplication.class)
                .properties(Map.of(
                        "server.port",
                        0,
                        "server.address",
                        "127.0.0.1",
                        "titan.api.dev-key",
                        true,
                        "spring.datasource.url",
                        database.jdbcUrl(),
                        "spring.datasource.username",
                        database.user(),
                        "spring.datasource.password",
                        database.password(),
                        "spring.main.banner-mode",
                        "off"))
                .properties(settings)
                .run());
    }

    <T> T bean(Class<T> type) {
        return application.getBean(type);
    }

    HttpClient client() {
        return client;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(port, path));
    }

    URI webSocketUri(String path) {
        return URI.create("ws://127.0.0.1:%d%s".formatted(port, path));
    }

    /** An answer with its body as JSON, or as missing when it is not. */
    record Answer(int status, JsonNode body, String text, HttpResponse<String> response) {

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    Answer post(String path, String body, String... headers) {
        HttpRequest.Builder request =
                request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + KEY);
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            String text = response.body();
            boolean json =
                    response.headers().firstValue("Content-Type").orElse("").contains("json");
            JsonNode body = TitanJson.mapper().readTree(json ? text : "null");
            return new Answer(response.statusCode(), body, text, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        application.close();
    }
}
