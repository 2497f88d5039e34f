package dev.titan.sandboxd.checkpoint;

/** The workspace is more than a checkpoint can hold. */
final class TooLargeException extends Exception {

    private static final long serialVersionUID = 1L;

    TooLargeException(String what) {
        super(what);
    }
}
