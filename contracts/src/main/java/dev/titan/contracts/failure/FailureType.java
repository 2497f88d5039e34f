package dev.titan.contracts.failure;

/** The type names of every {@code ApplicationFailure} an activity throws; the loop decides on them. */
public enum FailureType {
    /** No API key is configured for the provider. */
    MODEL_KEY_MISSING,
    /** The provider refused the key (401, 403). */
    MODEL_KEY_REFUSED,
    /** The provider knows no such model (404). */
    MODEL_UNKNOWN,
    /** The provider refused the request as malformed (400, 413, 422). */
    MODEL_REQUEST_REFUSED,
    /** Out of credit; waiting does not help. */
    MODEL_QUOTA_EXHAUSTED,
    /** The prompt is longer than the model's context. */
    MODEL_CONTEXT_OVERFLOW,
    /** The provider's filter withheld the answer. */
    MODEL_CONTENT_FILTERED,
    /** Too many requests (429); retried after the delay the provider asked for. */
    MODEL_RATE_LIMITED,
    /** The provider failed (5xx, 409), broke off the connection, or could not be reached; retried. */
    MODEL_UNAVAILABLE,
    /** No answer in time (or 408); retried. */
    MODEL_TIMED_OUT,
    /** The answer does not fit the schema asked for, even after it was repaired once; not retried. */
    MODEL_REPLY_INVALID,
    /** The sandbox is gone. */
    SANDBOX_LOST,
    /** The sandbox was stopped because nobody used it; the loop restores it and calls again. */
    SANDBOX_HIBERNATED,
    /** The sandbox is gone, and no checkpoint can replace it. */
    WORKSPACE_LOST,
    /** No sandbox could be created; retried. */
    SANDBOX_UNAVAILABLE,
    /** This host cannot provide a sandbox as demanded; not retried. */
    SANDBOX_REFUSED,
    /** The store did not answer; retried. */
    STORE_UNAVAILABLE,
    /** A bug; retried a few times in case it is not. */
    INTERNAL
}
