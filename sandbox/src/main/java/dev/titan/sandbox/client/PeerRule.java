package dev.titan.sandbox.client;

import java.nio.file.attribute.UserPrincipal;

/** Who may be at the other end of a daemon's socket. */
enum PeerRule {
    /** Whoever is not root: a sandbox's daemon never is, and the engine, whose socket could be put in its place, is. */
    NOT_ROOT,
    /** Whoever: for tests, whose daemons run as the tests do. */
    ANYBODY;

    boolean allows(UserPrincipal peer) {
        return this == ANYBODY || !peer.getName().equals("root");
    }
}
