package dev.titan.api.auth;

import dev.titan.store.auth.ApiKeyRepository;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Recognises a caller by the key in {@code Authorization: Bearer}. A browser cannot set that header on a WebSocket, so
 * there the key may come as {@code Sec-WebSocket-Protocol: bearer.<key>}; it never comes in the address, which ends up in
 * logs.
 */
public final class BearerFilter extends OncePerRequestFilter {

    private static final String SCHEME = "Bearer ";

    private final ApiKeyRepository keys;
    private final DevKey devKey;

    public BearerFilter(ApiKeyRepository keys, DevKey devKey) {
        this.keys = keys;
        this.devKey = devKey;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        key(request)
                .flatMap(this::authenticate)
                .map(CallerAuthentication::new)
                .ifPresent(caller -> SecurityContextHolder.setContext(new SecurityContextImpl(caller)));
        chain.doFilter(request, response);
    }

    private static Optional<String> key(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                    ? Optional.of(authorization.substring(SCHEME.length()).strip())
                    : Optional.empty();
        }
        return BearerProtocol.key(request.getHeader(BearerProtocol.HEADER));
    }

    private Optional<Caller> authenticate(String key) {
        return devKey.authenticate(key)
                .or(() -> key.startsWith(ApiKeyRepository.PREFIX)
                        ? keys.authenticate(key)
                                .map(found -> new Caller(found.organisationId(), found.userId(), found.scopes()))
                        : Optional.empty());
    }
}
