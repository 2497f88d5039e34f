package dev.titan.activities.chat;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import org.jspecify.annotations.Nullable;

/** Makes langchain4j's clients, for whole answers and for streamed ones; they never retry. */
final class ProviderClients {

    /** Anthropic wants a limit; every model of the last years writes that much. */
    private static final int ANTHROPIC_TOKENS_MAX = 8_192;

    private static final String OLLAMA_URL = "http://127.0.0.1:11434";

    private final HttpClientBuilder http;

    ProviderClients(HttpClientBuilder http) {
        this.http = http;
    }

    /**
     * How a model is reached.
     *
     * @param name the model
     * @param key the provider's key; empty when it needs none
     * @param baseUrl where the provider answers; absent: its public address
     */
    record Access(ModelName name, String key, @Nullable String baseUrl) {

        /** Local servers need no key, OpenAI's client insists on one. */
        private String keyOrAny() {
            return key.isEmpty() ? "none" : key;
        }
    }

    ChatModel whole(Access access) {
        String model = access.name().model();
        String baseUrl = access.baseUrl();
        return switch (access.name().provider()) {
            case OPENAI, COMPATIBLE -> {
                var builder = OpenAiChatModel.builder()
                        .httpClientBuilder(http)
                        .maxRetries(0)
                        .apiKey(access.keyOrAny())
                        .modelName(model);
                yield (baseUrl == null ? builder : builder.baseUrl(baseUrl)).build();
            }
            case ANTHROPIC -> {
                var builder = AnthropicChatModel.builder()
                        .httpClientBuilder(http)
                        .maxRetries(0)
                        .apiKey(access.key())
                        .maxTokens(ANTHROPIC_TOKENS_MAX)
                        .cacheSystemMessages(true)
                        .cacheTools(true)
                        .modelName(model);
                yield (baseUrl == null ? builder : builder.baseUrl(baseUrl)).build();
            }
            case GEMINI -> {
                var builder = GoogleAiGeminiChatModel.builder()
                        .httpClientBuilder(http)
                        .maxRetries(0)
                        .apiKey(access.key())
                        .modelName(model);
                yield (baseUrl == null ? builder : builder.baseUrl(baseUrl)).build();
            }
            case OLLAMA ->
                OllamaChatModel.builder()
                        .httpClientBuilder(http)
                        .maxRetries(0)
                        .baseUrl(baseUrl == null ? OLLAMA_URL : baseUrl)
                        .modelName(model)
                        .build();
        };
    }

    StreamingChatModel streamed(Access access) {
        String model = access.name().model();
        String baseUrl = access.baseUrl();
        return switch (access.name().provider()) {
            case OPENAI, COMPATIBLE -> {
                var builder = OpenAiStreamingChatModel.builder()
                        .httpClientBuilder(http)
                        .apiKey(access.keyOrAny())
                        .modelName(model);
                yield (baseUrl == null ? builder : builder.baseUrl(baseUrl)).build();
            }
            case ANTHROPIC -> {
                var builder = AnthropicStreamingChatModel.builder()
                        .httpClientBuilder(http)
                        .apiKey(access.key())
                        .maxTokens(ANTHROPIC_TOKENS_MAX)
                        .cacheSystemMessages(true)
                        .cacheTools(true)
                        .modelName(model);
                yield (baseUrl == null ? builder : builder.baseUrl(baseUrl)).build();
            }
            case GEMINI -> {
                var builder = GoogleAiGeminiStreamingChatModel.builder()
                        .httpClientBuilder(http)
                        .apiKey(access.key())
                        .modelName(model);
                yield (baseUrl == null ? builder : builder.baseUrl(baseUrl)).build();
            }
            case OLLAMA ->
                OllamaStreamingChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(baseUrl == null ? OLLAMA_URL : baseUrl)
                        .modelName(model)
                        .build();
        };
    }
}
