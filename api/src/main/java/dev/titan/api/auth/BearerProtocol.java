package dev.titan.api.auth;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The key as a WebSocket subprotocol, for browsers. */
public final class BearerProtocol {

    /** Where a client lists the subprotocols it offers. */
    public static final String HEADER = "Sec-WebSocket-Protocol";

    private static final String PREFIX = "bearer.";

    private BearerProtocol() {}

    /** Returns whether an offered subprotocol carries a key. */
    public static boolean carriesKey(String protocol) {
        return protocol.startsWith(PREFIX);
    }

    static Optional<String> key(@Nullable String header) {
        return header == null
                ? Optional.empty()
                : Stream.of(header)
                        .flatMap(line -> Arrays.stream(line.split(",", -1)))
                        .map(String::strip)
                        .filter(BearerProtocol::carriesKey)
                        .map(protocol -> protocol.substring(PREFIX.length()))
                        .findFirst();
    }
}
