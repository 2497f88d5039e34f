package dev.titan.activities.chat;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A model that answers piece by piece. {@link ProviderHttp} reads the stream on the calling thread, so that everything is
 * said when the client's method returns. Thread-safe.
 */
final class StreamedChat {

    private final ModelName name;
    private final StreamingChatModel model;

    StreamedChat(ModelName name, StreamingChatModel model) {
        this.name = name;
        this.model = model;
    }

    /**
     * Asks and returns the whole answer when its last piece has come.
     *
     * @param pieces hears the words on the calling thread, in order; must not block
     * @throws RuntimeException whatever the client library has to say, for {@link ProviderFailure} to read
     */
    ChatResponse chat(ChatRequest request, Consumer<String> pieces) {
        Collecting collecting = new Collecting(pieces);
        model.chat(request, collecting);
        return collecting.response();
    }

    /** Keeps the first end of the answer: some clients report a failure and then what they had as if it were whole. */
    private final class Collecting implements StreamingChatResponseHandler {

        private final Consumer<String> pieces;
        private @Nullable ChatResponse whole;
        private @Nullable Throwable failure;

        Collecting(Consumer<String> pieces) {
            this.pieces = pieces;
        }

        @Override
        public void onPartialResponse(String piece) {
            if (whole == null && failure == null) {
                pieces.accept(piece);
            }
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            if (failure == null) {
                whole = response;
            }
        }

        @Override
        public void onError(Throwable error) {
            if (whole == null && failure == null) {
                failure = error;
            }
        }

        ChatResponse response() {
            if (failure != null) {
                throw failure instanceof RuntimeException runtime ? runtime : new IllegalStateException(failure);
            }
            if (whole == null || whole.finishReason() == null) {
                // A connection that is closed in good order in mid-answer; the clients of some providers do not notice.
                throw new ChatException.Unavailable("%s broke off its answer.".formatted(name), RetryAdvice.NONE, null);
            }
            return whole;
        }
    }
}
