package dev.titan.sandbox.docker;

import java.util.Optional;

/**
 * What a deployment may choose about containers.
 *
 * @param host address of the engine, a unix socket of this host; empty for {@code DOCKER_HOST}, else the usual socket
 * @param image a glibc-based image to use; empty for the base image, which is built when it is absent
 */
public record DockerSettings(Optional<String> host, Optional<String> image) {

    /** The engine and the image that need no configuration. */
    public static final DockerSettings STANDARD = new DockerSettings(Optional.empty(), Optional.empty());
}
