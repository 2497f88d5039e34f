package dev.titan.sandbox.egress;

import java.util.Locale;

/** Why the proxy did what it did. The names are in the event log; the words go into the sandbox, for the model to read. */
enum Reason {
    /** The host is on the list, or any public one will do. */
    ALLOWED(200, ""),
    ISOLATED(403, "it is 'isolated', so nothing outside the sandbox can be reached. Go on without the network"),
    NOT_LISTED(403, "it does not list this host"),
    PORT_NOT_LISTED(403, "it does not list this port"),
    ADDRESS_LITERAL(403, "it allows hosts by their names, and this is an address"),
    RESERVED_NAME(403, "the name belongs to a private network, which no policy opens"),
    SPECIAL_ADDRESS(403, "the host has an address that is not of the public internet, which no policy opens"),
    BAD_REQUEST(400, "the proxy takes CONNECT host:port, and http:// requests with a Host of the same name"),
    HOST_MISMATCH(403, "the Host header names another host than the address of the request"),
    NAME_MISMATCH(403, "the TLS handshake names another host than CONNECT, or none"),
    NOT_TLS(403, "on this port a tunnel carries TLS alone; send http:// requests without a tunnel"),
    TOO_MANY_CONNECTIONS(503, "it allows no more connections at once; close some"),
    BYTES_USED_UP(403, "the bytes it allows are used up"),
    NOT_FOUND(502, "the host was not found"),
    UNREACHABLE(502, "the host did not answer");

    private final int status;
    private final String words;

    Reason(int status, String words) {
        this.status = status;
        this.words = words;
    }

    /** Returns the HTTP status that tells of it. */
    int status() {
        return status;
    }

    /** Returns the end of a sentence that begins with the network policy. */
    String words() {
        return words;
    }

    /** Returns whether the policy is not to blame. */
    boolean isTrouble() {
        return this == NOT_FOUND || this == UNREACHABLE;
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
