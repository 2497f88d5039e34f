package dev.titan.activities.chat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.titan.activities.chat.Provider.ReplyFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One model of one provider. A question is asked once: trying again is Temporal's part. The one exception is a server
 * that refuses to be told the format of a reply, or to stream; it is asked again without. Interrupting the asking thread
 * aborts the HTTP call. Thread-safe.
 */
public final class LanguageModel {

    private final ModelName name;
    private final ChatModel model;
    private final @Nullable StreamedChat streamed;
    private final ProviderFailure failures;
    private final Meter meter;

    /** Turns to words once the server has refused to be told a format; seen by every thread sooner or later. */
    private volatile ReplyFormat replyFormat;

    /** Turns false once the server has refused to stream. */
    private volatile boolean streams;

    LanguageModel(
            ModelName name, ChatModel model, @Nullable StreamedChat streamed, ProviderFailure failures, Meter meter) {
        this.name = name;
        this.model = model;
        this.streamed = streamed;
        this.streams = streamed != null;
        this.failures = failures;
        this.meter = meter;
        this.replyFormat = name.provider().replyFormat();
    }

    /** Returns {@code provider/model}. */
    public String name() {
        return name.toString();
    }

    /**
     * Asks and waits for the whole answer.
     *
     * @throws ChatException when there is none
     */
    public ChatAnswer ask(ChatQuestion question) {
        return answer(() -> whole(question));
    }

    /**
     * Asks, tells the words while they come where the provider streams them, and returns the whole answer. What was told
     * of an answer that then fails is void. Structured replies come whole.
     *
     * @param pieces hears the words in order, on this thread; must not block
     * @throws ChatException when there is none
     */
    public ChatAnswer ask(ChatQuestion question, Consumer<String> pieces) {
        return answer(() -> question.shape().isPresent() ? whole(question) : streamed(question, pieces));
    }

    private ChatAnswer answer(Supplier<ChatResponse> asking) {
        Instant from = meter.now();
        ChatResponse response = asking.get();
        if (response.finishReason() == FinishReason.CONTENT_FILTER) {
            throw new ChatException.ContentFiltered(
                    "The content filter of %s withheld the answer.".formatted(name), RetryAdvice.NONE, null);
        }
        String text = response.aiMessage().text();
        return new ChatAnswer(
                text == null ? "" : text,
                MessageTranslation.calls(response.aiMessage()),
                name(),
                meter.usage(response.tokenUsage()),
                Duration.between(from, meter.now()));
    }

    /** Some servers do not stream, or not together with tools, and some accounts may not: they say so before any word. */
    private ChatResponse streamed(ChatQuestion question, Consumer<String> pieces) {
        StreamedChat streaming = streamed;
        if (streaming != null && streams) {
            try {
                return guarded(() -> streaming.chat(request(question), pieces));
            } catch (ChatException.RequestRefused refused) {
                if (!String.valueOf(refused.getMessage()).contains("stream")) {
                    throw refused;
                }
                streams = false;
            }
        }
        return whole(question);
    }

    /** Many servers that speak OpenAI's format know no schemas; the prompts describe every reply as well. */
    private ChatResponse whole(ChatQuestion question) {
        try {
            return guarded(() -> model.chat(request(question)));
        } catch (ChatException.RequestRefused refused) {
            if (question.shape().isEmpty() || replyFormat == ReplyFormat.WORDS || !isAboutFormat(refused)) {
                throw refused;
            }
            replyFormat = ReplyFormat.WORDS;
            return guarded(() -> model.chat(request(question)));
        }
    }

    private static boolean isAboutFormat(ChatException.RequestRefused refused) {
        String says = String.valueOf(refused.getMessage());
        return says.contains("response_format") || says.contains("json_schema");
    }

    // Everything a client library may throw becomes one of our kinds here, at the library's edge.
    private ChatResponse guarded(Supplier<ChatResponse> asking) {
        try {
            return asking.get();
        } catch (RuntimeException e) {
            throw failures.read(e, meter.now());
        }
    }

    private ChatRequest request(ChatQuestion question) {
        ChatRequest.Builder request =
                ChatRequest.builder().messages(MessageTranslation.toProvider(question.messages()));
        if (!question.tools().isEmpty()) {
            request.toolSpecifications(question.tools().stream()
                    .map(tool -> ToolSpecification.builder()
                            .name(tool.name())
                            .description(tool.description())
                            .parameters(SchemaTranslation.object(tool.parameters()))
                            .build())
                    .toList());
        }
        question.shape().map(this::format).ifPresent(request::responseFormat);
        return request.build();
    }

    private @Nullable ResponseFormat format(ReplyShape shape) {
        return switch (replyFormat) {
            case SCHEMA ->
                ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(JsonSchema.builder()
                                .name(shape.name())
                                .rootElement(SchemaTranslation.object(shape.schema()))
                                .build())
                        .build();
            case JSON -> ResponseFormat.JSON;
            case WORDS -> null;
        };
    }
}
