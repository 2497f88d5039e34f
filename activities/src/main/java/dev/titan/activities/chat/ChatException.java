package dev.titan.activities.chat;

import org.jspecify.annotations.Nullable;

/** A model that could not be asked, or an answer that is none. */
public abstract sealed class ChatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RetryAdvice advice;

    private ChatException(String message, RetryAdvice advice, @Nullable Throwable cause) {
        super(message, cause);
        this.advice = advice;
    }

    /** Returns what the provider said about trying again. */
    public RetryAdvice advice() {
        return advice;
    }

    /** No API key is configured for the provider, or no model at all. Set the variables the message names. */
    public static final class KeyMissing extends ChatException {
        private static final long serialVersionUID = 1L;

        public KeyMissing(String message) {
            super(message, RetryAdvice.NONE, null);
        }
    }

    /** The provider refused the key. Check it. */
    public static final class KeyRefused extends ChatException {
        private static final long serialVersionUID = 1L;

        public KeyRefused(String message, RetryAdvice advice, @Nullable Throwable cause) {
            super(message, advice, cause);
        }
    }

    /** There is no such model. Check its name. */
    public static final class ModelUnknown extends ChatException {
        private static final long serialVersionUID = 1L;

        public ModelUnknown(String message, RetryAdvice advice, @Nullable Throwable cause) {
            super(message, advice, cause);
        }
    }

    /** The provider refused the request as malformed. A bug, or a feature the model lacks. */
    public static final class RequestRefused extends ChatException {
        private static final long serialVersionUID = 1L;

        public RequestRefused(String message, RetryAdvice advice, @Nullable Throwable cause) {
            super(message, advice, cause);
        }
    }

    /** Out of credit. Waiting does not help. */
    public static final class QuotaExhausted extends ChatException {
        private static final long serialVersionUID = 1L;

        public QuotaExhausted(String message, RetryAdvice advice, @Nullable Throwable cause) {
            super(message, advice, cause);
        }
    }

    /** The prompt is longer than the model's context. */
    public static final class ContextOverflow extends ChatException {
        private static final long serialVersionUID = 1L;

        public ContextOverflow(String message, RetryAdvice advice, @Nullable Throwable cause) {
            super(message, advice, cause);
        }
    }

    /** The provider's filter withheld the answer. */
    public static final class ContentFiltered extends ChatException {
        private static final long serialVersionUID = 1L;

        public ContentFiltered(String message, RetryAdvice advice, @Nullable Throwable cause) {
            super(message, advice, cause);
        }
    }

    /** Too many requests. Try again after the delay of the advice. */
    public static final class RateLimited extends ChatException {
        private static final long serialVersionUID = 1L;

        public RateLimited(String message, RetryAdvice advice, @Nullable Throwable cause) {
            super(message, advice, cause);
        }
    }

    /** The provider failed, broke off, sent what cannot be read, or could not be reached. Try again. */
    public static final class Unavailable extends ChatException {
        private static final long serialVersionUID = 1L;

        public Unavailable(String message, RetryAdvice advice, @Nullable Throwable cause) {
            super(message, advice, cause);
        }
    }

    /** No whole answer in time. Try again. */
    public static final class TimedOut extends ChatException {
        private static final long serialVersionUID = 1L;

        public TimedOut(String message, @Nullable Throwable cause) {
            super(message, RetryAdvice.NONE, cause);
        }
    }

    /** The answer does not fit what was asked for, even after it was repaired. */
    public static final class ReplyInvalid extends ChatException {
        private static final long serialVersionUID = 1L;

        public ReplyInvalid(String message) {
            super(message, RetryAdvice.NONE, null);
        }
    }
}
