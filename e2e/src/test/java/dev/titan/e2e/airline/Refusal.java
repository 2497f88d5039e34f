package dev.titan.e2e.airline;

/** A call that the airline refuses; nothing has changed. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Refusal(String message) {
        super(message);
    }
}
