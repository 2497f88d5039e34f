package dev.titan.api.task;

/** Temporal does not answer; the same request may work soon. */
public final class TemporalUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TemporalUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
