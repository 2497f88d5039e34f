package dev.titan.server.up;

import java.nio.file.Path;
import java.util.List;

/**
 * What the command line of {@code up} says.
 *
 * @param roles what this process does: {@code api}, {@code worker}, {@code sandbox}
 * @param port of the API, on loopback unless {@code TITAN_BIND} says otherwise
 * @param home where the embedded default and the host's identity are kept
 */
public record UpOptions(List<String> roles, int port, Path home) {

    public UpOptions {
        roles = List.copyOf(roles);
    }
}
