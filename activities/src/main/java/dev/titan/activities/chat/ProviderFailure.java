package dev.titan.activities.chat;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import java.time.Instant;
import java.util.Locale;

/** Reads what a client library threw as one of our own kinds of trouble; the key appears in no message. */
final class ProviderFailure {

    /** Enough to see what the provider says; its bodies may repeat the whole prompt. */
    private static final int SAID_CHARS_MAX = 300;

    private static final int CAUSES_MAX = 20;

    /** How providers and servers that speak OpenAI's format say that a prompt does not fit into the model's context. */
    private static final String[] OVERFLOWS = {
        "context_length_exceeded",
        "maximum context length",
        "max context length",
        "context window",
        "exceed_context_size",
        "available context size",
        "exceed context limit",
        "prompt is too long",
        "input is too long",
        "request_too_large",
        "exceeds the maximum number of tokens"
    };

    private final ModelName model;
    private final String key;

    /** @param key the secret to keep out of messages; empty when there is none */
    ProviderFailure(ModelName model, String key) {
        this.model = model;
        this.key = key;
    }

    ChatException read(Throwable thrown, Instant now) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            switch (cause) {
                case ChatException already -> {
                    return already;
                }
                case RefusedResponse refused -> {
                    return ofStatus(refused, RetryAdvice.of(refused.headers(), now));
                }
                case HttpException refused -> {
                    return ofStatus(refused, RetryAdvice.NONE);
                }
                default -> cause = cause.getCause();
            }
        }
        return ofLibrary(thrown);
    }

    private ChatException ofStatus(HttpException refused, RetryAdvice advice) {
        int status = refused.statusCode();
        String body = String.valueOf(refused.getMessage());
        String says = "%s answered %d: %s".formatted(model, status, shortened(body));
        if (mentions(body, "insufficient_quota", "billing_hard_limit", "credit balance is too low")) {
            return new ChatException.QuotaExhausted(
                    says + " The account is out of credit; waiting does not help.", advice, refused);
        }
        return switch (status) {
            case 401, 403 ->
                new ChatException.KeyRefused(
                        says + " Check LLM_API_KEY or the provider's own key variable.", advice, refused);
            case 404 -> new ChatException.ModelUnknown(says + " Check LLM_MODEL.", advice, refused);
            case 400, 413, 422 -> ofBadRequest(body, says, advice, refused);
            case 408 -> new ChatException.TimedOut(says, refused);
            case 409 ->
                new ChatException.Unavailable(says, advice, refused); // a conflict passes (Temporal's classifier)
            case 429 -> new ChatException.RateLimited(says, advice, refused);
            default ->
                status >= 500
                        ? new ChatException.Unavailable(says, advice, refused)
                        : new ChatException.RequestRefused(says, advice, refused);
        };
    }

    private ChatException ofBadRequest(String body, String says, RetryAdvice advice, HttpException refused) {
        if (mentions(body, OVERFLOWS)) {
            return new ChatException.ContextOverflow(says, advice, refused);
        }
        if (mentions(body, "content_filter", "content_policy", "responsibleai")) {
            return new ChatException.ContentFiltered(says, advice, refused);
        }
        if (mentions(body, "api key not valid", "api_key_invalid")) {
            return new ChatException.KeyRefused(says, advice, refused); // Gemini refuses keys with a 400
        }
        return new ChatException.RequestRefused(says, advice, refused);
    }

    private ChatException ofLibrary(Throwable thrown) {
        String says = "%s: %s".formatted(model, shortened(String.valueOf(thrown.getMessage())));
        return switch (thrown) {
            case ContentFilteredException _ -> new ChatException.ContentFiltered(says, RetryAdvice.NONE, thrown);
            case AuthenticationException _ -> new ChatException.KeyRefused(says, RetryAdvice.NONE, thrown);
            case ModelNotFoundException _ -> new ChatException.ModelUnknown(says, RetryAdvice.NONE, thrown);
            case RateLimitException _ -> new ChatException.RateLimited(says, RetryAdvice.NONE, thrown);
            case TimeoutException _ -> new ChatException.TimedOut(says, thrown);
            case InvalidRequestException _ -> new ChatException.RequestRefused(says, RetryAdvice.NONE, thrown);
            case UnsupportedFeatureException _ -> new ChatException.RequestRefused(says, RetryAdvice.NONE, thrown);
            // What is left is an answer the library could not read, such as one that is not JSON.
            default ->
                new ChatException.Unavailable(
                        "%s sent an answer that cannot be read: %s"
                                .formatted(model, shortened(String.valueOf(thrown.getMessage()))),
                        RetryAdvice.NONE,
                        thrown);
        };
    }

    private static boolean mentions(String body, String... parts) {
        String lower = body.toLowerCase(Locale.ROOT);
        for (String part : parts) {
            if (lower.contains(part)) {
                return true;
            }
        }
        return false;
    }

    private String shortened(String text) {
        String safe = key.isEmpty() ? text : text.replace(key, "…");
        String line = safe.replaceAll("\\s+", " ").strip();
        return line.length() <= SAID_CHARS_MAX ? line : line.substring(0, SAID_CHARS_MAX) + "…";
    }
}
