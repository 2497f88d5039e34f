package dev.titan.sandboxd.egress;

import java.nio.file.Path;

/**
 * Where the way out begins and where it leads.
 *
 * @param port on loopback; 0 takes any
 * @param directory holds the proxy's socket and what the host says about the network; read-only in a sandbox
 */
public record Egress(int port, Path directory) {

    /** Reads {@code port:directory}. */
    public static Egress parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("not a port and a directory: " + text);
        }
        return new Egress(Integer.parseInt(text.substring(0, colon)), Path.of(text.substring(colon + 1)));
    }

    Path socket() {
        return directory.resolve("p");
    }

    Path environment() {
        return directory.resolve("environment");
    }
}
