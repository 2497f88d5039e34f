package dev.titan.activities.chat;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Hands langchain4j the one HTTP client; the time limits are Titan's, whatever the model's builder proposes. */
final class ProviderHttpBuilder implements HttpClientBuilder {

    private final java.net.http.HttpClient client;
    private final ModelTimeouts timeouts;

    ProviderHttpBuilder(java.net.http.HttpClient client, ModelTimeouts timeouts) {
        this.client = client;
        this.timeouts = timeouts;
    }

    @Override
    public @Nullable Duration connectTimeout() {
        return client.connectTimeout().orElse(null);
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration ignored) {
        return this;
    }

    @Override
    public Duration readTimeout() {
        return timeouts.answer();
    }

    @Override
    public HttpClientBuilder readTimeout(Duration ignored) {
        return this;
    }

    @Override
    public HttpClient build() {
        return new ProviderHttp(client, timeouts);
    }
}
