package dev.titan.api.auth;

import dev.titan.api.problem.ProblemType;
import dev.titan.api.problem.ProblemWriter;
import dev.titan.store.auth.ApiKeyRepository;
import dev.titan.store.auth.Scope;
import jakarta.servlet.DispatcherType;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/** Which addresses are open, and which scope the others need. */
@Configuration(proxyBeanMethods = false)
public class SecurityConfiguration {

    @Bean
    DevKey devKey(@Value("${titan.api.dev-key:false}") boolean wanted, ServerProperties server) {
        return new DevKey(wanted, server.getAddress());
    }

    @Bean
    SecurityFilterChain apiSecurity(HttpSecurity http, ApiKeyRepository keys, DevKey devKey) {
        // No session and no cookie means nothing a foreign page could ride on, so there is no CSRF token either.
        return http.csrf(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(new BearerFilter(keys, devKey), AuthorizationFilter.class)
                .authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                                .permitAll()
                                .requestMatchers("/health", "/ready", "/openapi.json")
                                .permitAll()
                                .requestMatchers(HttpMethod.GET, "/v1/**", "/tasks/**", "/metrics")
                                .hasAuthority(Scope.TASKS_READ.wire())
                                .requestMatchers("/v1/**", "/tasks/**")
                                .hasAuthority(Scope.TASKS_WRITE.wire())
                                .anyRequest()
                                .authenticated())
                .exceptionHandling(errors -> errors.authenticationEntryPoint((request, response, e) -> {
                            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
                            ProblemWriter.write(
                                    request,
                                    response,
                                    ProblemType.UNAUTHORIZED,
                                    request.getHeader(HttpHeaders.AUTHORIZATION) == null
                                            ? "Send 'Authorization: Bearer <api key>'."
                                            : "The API key is not known, or it was revoked.");
                        })
                        .accessDeniedHandler((request, response, e) -> ProblemWriter.write(
                                request,
                                response,
                                ProblemType.FORBIDDEN,
                                "The API key lacks the scope this request needs.")))
                .build();
    }

    /** Keys are the only way in; without this bean Spring would invent a user with a password. */
    @Bean
    AuthenticationManager noPasswords() {
        return authentication -> {
            throw new BadCredentialsException("only API keys are accepted");
        };
    }
}
