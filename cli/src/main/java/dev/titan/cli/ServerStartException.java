package dev.titan.cli;

/** A server could not be started here; the message says why and what to do, for the person at the terminal. */
public final class ServerStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ServerStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
