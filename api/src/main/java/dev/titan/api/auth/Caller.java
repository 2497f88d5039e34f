package dev.titan.api.auth;

import dev.titan.store.auth.Scope;
import java.util.Set;

/**
 * Who makes a request.
 *
 * @param organisationId on whose behalf
 * @param userId who
 * @param scopes what the caller may do
 */
public record Caller(String organisationId, String userId, Set<Scope> scopes) {

    public Caller {
        scopes = Set.copyOf(scopes);
    }
}
