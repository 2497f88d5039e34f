package dev.titan.activities.tool;

import dev.titan.contracts.tool.EffectId;

/**
 * Another attempt has taken the effect over: this one was thought dead and was only slow. It writes nothing more;
 * Temporal has stopped waiting for it.
 */
public final class FencedOutException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FencedOutException(EffectId effect) {
        super("another attempt has taken over %s".formatted(effect));
    }
}
