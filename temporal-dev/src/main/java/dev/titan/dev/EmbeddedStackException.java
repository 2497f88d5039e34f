package dev.titan.dev;

/**
 * The embedded default cannot be had on this machine or did not start. The message is written for the person at the
 * terminal: it names the cause, the remedy and, where there is one, the log file.
 */
public class EmbeddedStackException extends RuntimeException {

    /** Creates a failure with a message for the person at the terminal. */
    public EmbeddedStackException(String message) {
        super(message);
    }

    /** Creates a failure with a message for the person at the terminal and what led to it. */
    public EmbeddedStackException(String message, Throwable cause) {
        super(message, cause);
    }
}
