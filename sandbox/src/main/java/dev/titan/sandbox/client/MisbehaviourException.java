package dev.titan.sandbox.client;

import java.io.IOException;

/** The daemon answered what no daemon of ours answers: something in the sandbox has replaced or broken it. */
final class MisbehaviourException extends IOException {

    private static final long serialVersionUID = 1L;

    MisbehaviourException(String message) {
        super(message);
    }

    MisbehaviourException(String message, Throwable cause) {
        super(message, cause);
    }
}
