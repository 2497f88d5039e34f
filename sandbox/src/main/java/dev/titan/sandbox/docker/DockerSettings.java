package dev.titan.sandbox.docker;

import dev.titan.sandbox.disk.WorkStorage;
import java.util.Optional;

/**
 * What a deployment may choose about containers.
 *
 * @param host address of the engine, a unix socket of this host; empty for {@code DOCKER_HOST}, else the usual socket
 * @param image a glibc-based image to use; empty for the base image, which is built when it is absent
 * @param storage where workspaces are kept
 * @param runtime the engine's runtime for containers, such as {@code runsc}; empty for its usual one
 */
public record DockerSettings(
        Optional<String> host, Optional<String> image, WorkStorage storage, Optional<String> runtime) {

    /** The runtime that gives each container a kernel of its own, under the name everybody gives it. */
    public static final String GVISOR = "runsc";

    /** The engine and the image that need no configuration. */
    public static final DockerSettings STANDARD = new DockerSettings(Optional.empty(), Optional.empty());

    /** Settings of engine and image, with everything else as usual. */
    public DockerSettings(Optional<String> host, Optional<String> image) {
        this(host, image, WorkStorage.AUTO, Optional.empty());
    }
}
