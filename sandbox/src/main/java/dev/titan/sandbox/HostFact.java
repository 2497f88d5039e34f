package dev.titan.sandbox;

import java.util.Optional;

/**
 * Something about this host that decides what its sandboxes are worth.
 *
 * @param name what it is, such as {@code runc}
 * @param value what was found, such as a version or {@code absent}
 * @param consequence what follows from it for sandboxes, when it is less than one could wish
 */
public record HostFact(String name, String value, Optional<String> consequence) {

    /** Returns a fact from which nothing follows. */
    public static HostFact plain(String name, String value) {
        return new HostFact(name, value, Optional.empty());
    }

    /** Returns a fact that leaves something to be wished. */
    public static HostFact lacking(String name, String value, String consequence) {
        return new HostFact(name, value, Optional.of(consequence));
    }
}
