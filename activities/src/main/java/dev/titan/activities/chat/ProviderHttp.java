package dev.titan.activities.chat;

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

    private final java.net.http.HttpClient client;
    private final ModelTimeouts timeouts;

    ProviderHttp(java.net.http.HttpClient client, ModelTimeouts timeouts) {
        this.client = client;
        this.timeouts = timeouts;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        HttpResponse<byte[]> response = answered(
                request,
                client.sendAsync(
                        translated(request),
                        HttpResponse.BodyHandlers.limiting(
                                HttpResponse.BodyHandlers.ofByteArray(), Pace.ANSWER_BYTES_MAX)));
        String body = new String(response.body(), StandardCharsets.UTF_8);
        Map<String, List<String>> headers = lowerCase(response);
        if (response.statusCode() / 100 != 2) {
            throw new RefusedResponse(response.statusCode(), body, headers);
        }
        return SuccessfulHttpResponse.builder()
                .statusCode(response.statusCode())
                .headers(headers)
                .body(body)
                .build();
    }

    /**
     * Reads the stream on the calling thread and returns when it has ended; whatever goes wrong the listener hears, once.
     */
    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        StreamWatch watch = new StreamWatch(host(request), listener);
        Pace pace = new Pace(host(request), timeouts);
        try (PacedBody body = begin(request, pace, watch)) {
            parser.parse(body, watch);
            watch.onClose();
        } catch (ChatException | RefusedResponse | IOException e) {
            watch.onError(e);
        }
    }

    private PacedBody begin(HttpRequest request, Pace pace, StreamWatch watch) throws IOException {
        HttpResponse<PacedBody> response =
                answered(request, client.sendAsync(translated(request), head -> new PacedBody(pace)));
        PacedBody body = response.body();
        Map<String, List<String>> headers = lowerCase(response);
        if (response.statusCode() / 100 != 2) {
            throw new RefusedResponse(response.statusCode(), rest(body), headers);
        }
        String type = response.headers().firstValue("content-type").orElse("");
        if (type.startsWith("application/json")) {
            throw watch.notStreamed(rest(body));
        }
        watch.onOpen(SuccessfulHttpResponse.builder()
                .statusCode(response.statusCode())
                .headers(headers)
                .build());
        return body;
    }

    private static String rest(PacedBody body) throws IOException {
        try (body) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private <T> HttpResponse<T> answered(HttpRequest request, CompletableFuture<HttpResponse<T>> answer) {
        try {
            return answer.get(timeouts.answer().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new ChatException.Unavailable("The model call was interrupted.", RetryAdvice.NONE, e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new ChatException.TimedOut(
                    "%s gave no answer within %d s."
                            .formatted(
                                    host(request), Math.max(1, timeouts.answer().toSeconds())),
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

    private static Map<String, List<String>> lowerCase(HttpResponse<?> response) {
        Map<String, List<String>> headers = new HashMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        return headers;
    }

    private static String host(HttpRequest request) {
        return URI.create(request.url()).getAuthority();
    }

    private static String said(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
