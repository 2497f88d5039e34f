package dev.titan.server;

import dev.titan.sandbox.Isolation;
import dev.titan.sandbox.SandboxPolicy;
import dev.titan.sandbox.SandboxProvider.Unenforced;
import dev.titan.sandbox.disk.WorkStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Titan's own settings; everything else is Spring Boot's.
 *
 * @param home where this host keeps its identity, its sandboxes and, in the embedded default, its data
 * @param model which model answers
 * @param sandbox where tools run
 */
@ConfigurationProperties("titan")
public record TitanProperties(
        Path home, @DefaultValue Model model, @DefaultValue Sandbox sandbox) {

    /**
     * Which model answers.
     *
     * @param name {@code provider/model}; from {@code LLM_MODEL}
     * @param apiKey from {@code LLM_API_KEY}; absent means the provider's own variable
     * @param baseUrl from {@code LLM_BASE_URL}; absent means the provider's own address
     * @param timeout for one answer
     */
    public record Model(
            @Nullable String name,
            @Nullable String apiKey,
            @Nullable String baseUrl,
            @DefaultValue("120s") Duration timeout) {}

    /**
     * Where tools run.
     *
     * @param provider which one
     * @param image the image of Docker sandboxes; absent means Titan's own, built when it is missing
     * @param workspace where workspaces are kept
     * @param isolation what must separate a sandbox from this host, at least
     * @param require the limits and guards that must be kept; a host that does not keep them all has no sandboxes
     * @param idleGrace time without a call after which a sandbox is stopped, until the next call restores it
     */
    public record Sandbox(
            @DefaultValue("auto") Provider provider,
            @Nullable String image,
            @DefaultValue("auto") WorkStorage workspace,
            @DefaultValue("process") Isolation isolation,
            @DefaultValue Set<Unenforced> require,
            @DefaultValue("30m") Duration idleGrace) {

        /** Returns what sandboxes must be here. */
        public SandboxPolicy policy() {
            return new SandboxPolicy(isolation, require);
        }
    }

    /** Which sandboxes are used. */
    public enum Provider {
        /** Docker when an engine answers, else bubblewrap. */
        AUTO,
        /** Docker or nothing. */
        DOCKER,
        /** Bubblewrap or nothing. */
        LOCAL
    }
}
