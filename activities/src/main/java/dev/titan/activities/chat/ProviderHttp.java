package dev.titan.activities.chat;

import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * langchain4j's port to HTTP, over the JDK's client. Its own adapter drops the response headers, and with them
 * {@code Retry-After}; and the JDK's time limit ends with the response headers, so a provider that stalls midway would
 * hang for ever. Interrupting the calling thread aborts the exchange. Thread-safe.
 */
final class ProviderHttp implements HttpClient {

    /** The longest answers of today's models are below 1 MB; more is a mistake or an attack. */
    private static final long ANSWER_BYTES_MAX = 16L * 1024 * 1024;

    private final java.net.http.HttpClient client;
    private final Duration answerTimeout;

    ProviderHttp(java.net.http.HttpClient client, Duration answerTimeout) {
        this.client = client;
        this.answerTimeout = answerTimeout;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        HttpResponse<byte[]> response = exchange(request);
        String body = new String(response.body(), StandardCharsets.UTF_8);
        Map<String, List<String>> headers = new HashMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        if (response.statusCode() / 100 != 2) {
            throw new RefusedResponse(response.statusCode(), body, headers);
        }
        return SuccessfulHttpResponse.builder()
                .statusCode(response.statusCode())
                .headers(headers)
                .body(body)
                .build();
    }

    /** Titan asks for whole answers; streaming needs another path through the store. */
    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedFeatureException("answers are not streamed");
    }

    private HttpResponse<byte[]> exchange(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                translated(request),
                HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
        try {
            return answer.get(answerTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new ChatException.Unavailable("The model call was interrupted.", RetryAdvice.NONE, e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new ChatException.TimedOut(
                    "%s gave no whole answer within %d s."
                            .formatted(host(request), Math.max(1, answerTimeout.toSeconds())),
                    e);
        } catch (ExecutionException e) {
            throw failed(request, e.getCause() == null ? e : e.getCause());
        }
    }

    private static ChatException failed(HttpRequest request, Throwable cause) {
        return switch (cause) {
            case HttpTimeoutException timeout ->
                new ChatException.TimedOut("%s could not be reached in time.".formatted(host(request)), timeout);
            case ConnectException refused ->
                new ChatException.Unavailable(
                        "%s could not be reached: %s. Check LLM_BASE_URL and the network."
                                .formatted(host(request), said(refused)),
                        RetryAdvice.NONE,
                        refused);
            case IOException broken ->
                new ChatException.Unavailable(
                        "%s broke off its answer: %s".formatted(host(request), said(broken)), RetryAdvice.NONE, broken);
            default ->
                new ChatException.Unavailable(
                        "the exchange with %s failed: %s".formatted(host(request), said(cause)),
                        RetryAdvice.NONE,
                        cause);
        };
    }

    private static java.net.http.HttpRequest translated(HttpRequest request) {
        URI uri = URI.create(request.url());
        java.net.http.HttpRequest.Builder builder = java.net.http.HttpRequest.newBuilder(uri);
        if ("http".equals(uri.getScheme())) {
            // Small local servers stumble over the upgrade to HTTP/2 that the JDK proposes by default.
            builder.version(java.net.http.HttpClient.Version.HTTP_1_1);
        }
        request.headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        return builder.method(
                        request.method().name(),
                        request.body() == null
                                ? java.net.http.HttpRequest.BodyPublishers.noBody()
                                : java.net.http.HttpRequest.BodyPublishers.ofString(request.body()))
                .build();
    }

    private static String host(HttpRequest request) {
        return URI.create(request.url()).getAuthority();
    }

    private static String said(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
