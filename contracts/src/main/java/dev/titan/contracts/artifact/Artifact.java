package dev.titan.contracts.artifact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something a task leaves behind for its user.
 *
 * @param id the artifact
 * @param kind what it is
 * @param name for a file its path relative to the workspace, else a title
 * @param mediaType such as {@code text/plain}
 * @param sizeBytes size of the content
 * @param sha256 64 hexadecimal digits over the content; absent for a URL
 * @param url the address, for {@link ArtifactKind#URL}
 * @param createdAt when it was stored
 */
public record Artifact(
        ArtifactId id,
        ArtifactKind kind,
        String name,
        String mediaType,
        long sizeBytes,
        @Nullable String sha256,
        @Nullable String url,
        Instant createdAt) {}
