package dev.titan.dev.temporal;

import static java.util.Objects.requireNonNull;

import dev.titan.dev.process.HealthProbe;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Asks the UI for the namespace {@code default}. It passes the question on to the frontend over gRPC, so a good answer
 * says that the page opens, that the service answers and that the namespace can be used.
 */
final class TemporalProbe implements HealthProbe {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(ANSWER_WITHIN)
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
    private final HttpRequest question;

    TemporalProbe(URI ui) {
        this.question = HttpRequest.newBuilder(requireNonNull(ui, "ui is null").resolve("/api/v1/namespaces/default"))
                .timeout(ANSWER_WITHIN)
                .build();
    }

    @Override
    public boolean healthy() {
        try {
            return http.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
