package dev.titan.sandboxd.exec;

/** Something that cannot be done to a command in the state it is in; the message says why, for the model to read. */
public final class ConflictException extends Exception {

    private static final long serialVersionUID = 1L;

    ConflictException(String message) {
        super(message);
    }
}
