package dev.titan.sandboxd.http;

import dev.titan.sandboxd.protocol.Refusal;

/** A request that cannot be served as it is. */
final class BadRequestException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Refusal.Kind kind;

    BadRequestException(Refusal.Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    Refusal.Kind kind() {
        return kind;
    }
}
