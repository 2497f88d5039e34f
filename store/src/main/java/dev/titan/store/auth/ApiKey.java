package dev.titan.store.auth;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An API key without its secret.
 *
 * @param id {@code key-} followed by a UUID
 * @param organisationId on whose behalf it acts
 * @param userId who made it
 * @param name what its owner calls it
 * @param scopes what it may do
 * @param createdAt when it was made
 * @param revokedAt when it stopped working, or absent
 */
public record ApiKey(
        String id,
        String organisationId,
        String userId,
        String name,
        Set<Scope> scopes,
        Instant createdAt,
        @Nullable Instant revokedAt) {

    public ApiKey {
        scopes = Set.copyOf(scopes);
    }
}
