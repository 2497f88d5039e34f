package dev.titan.server;

import dev.titan.activities.chat.ModelSettings.Delivery;
import dev.titan.activities.reasoning.ContextLimits;
import dev.titan.contracts.chat.Role;
import dev.titan.contracts.network.HostPattern;
import dev.titan.contracts.task.Lanes;
import dev.titan.sandbox.Isolation;
import dev.titan.sandbox.SandboxLife;
import dev.titan.sandbox.SandboxPolicy;
import dev.titan.sandbox.SandboxProvider.Unenforced;
import dev.titan.sandbox.disk.WorkStorage;
import dev.titan.sandbox.egress.Credentials;
import dev.titan.sandbox.kubernetes.KubernetesSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Titan's own settings; everything else is Spring Boot's.
 *
 * @param home where this host keeps its identity, its sandboxes and, in the embedded default, its data
 * @param model which model answers
 * @param context how much of a task's past models are shown
 * @param sandbox where tools run
 * @param egress what the proxies of sandboxes add
 * @param tools tools that are no part of Titan
 * @param lanes how calls get to their sandbox, for tasks that are started from now on
 */
@ConfigurationProperties("titan")
public record TitanProperties(
        Path home,
        @DefaultValue Model model,
        @DefaultValue Context context,
        @DefaultValue Sandbox sandbox,
        @DefaultValue Egress egress,
        @DefaultValue Tools tools,
        @DefaultValue("two") Lanes lanes) {

    /**
     * Tools that are no part of Titan.
     *
     * @param path jars and directories, each with a {@link dev.titan.tool.ToolProvider}; from {@code TITAN_TOOLS}
     */
    public record Tools(@DefaultValue List<Path> path) {}

    /**
     * Which model answers.
     *
     * @param name {@code provider/model}; from {@code LLM_MODEL}
     * @param apiKey from {@code LLM_API_KEY}; absent means the provider's own variable
     * @param baseUrl from {@code LLM_BASE_URL}; absent means the provider's own address
     * @param timeout for one answer; for a streamed one until it begins
     * @param silence between two bytes of a streamed answer
     * @param delivery whether the executor's words are shown while they come
     * @param roles models of their own for some roles, such as a reviewer that is not the executor
     * @param prices a list of prices that counts before the one that comes with Titan; absent means that one alone
     */
    public record Model(
            @Nullable String name,
            @Nullable String apiKey,
            @Nullable String baseUrl,
            @DefaultValue("120s") Duration timeout,
            @DefaultValue("120s") Duration silence,
            @DefaultValue("streamed") Delivery delivery,
            @DefaultValue Map<Role, String> roles,
            @Nullable Path prices) {}

    /**
     * How much of a task's past models are shown.
     *
     * @param digestTokens what earlier steps may take of a prompt before the oldest of them are summarised
     * @param windowTokens what a model whose context is not listed is taken to hold
     */
    public record Context(
            @DefaultValue("4000") int digestTokens,
            @DefaultValue("128000") int windowTokens) {

        /** Returns the limits; what cannot be kept is an {@link IllegalArgumentException}. */
        public ContextLimits limits() {
            return new ContextLimits(digestTokens, windowTokens);
        }
    }

    /**
     * Where tools run.
     *
     * @param provider which one
     * @param image the image of sandboxes; absent means Titan's own, which Docker builds when it is missing and which a
     *     cluster must be able to pull
     * @param workspace where workspaces are kept
     * @param isolation what must separate a sandbox from this host, at least
     * @param require the limits and guards that must be kept; a host that does not keep them all has no sandboxes
     * @param idleGrace time without a call after which a sandbox is stopped, until the next call restores it
     * @param kubernetes what a cluster is told
     * @param pool how many sandboxes are made ahead
     * @param life how long sandboxes live when nobody looks after them
     */
    public record Sandbox(
            @DefaultValue("auto") Provider provider,
            @Nullable String image,
            @DefaultValue("auto") WorkStorage workspace,
            @DefaultValue("process") Isolation isolation,
            @DefaultValue Set<Unenforced> require,
            @DefaultValue("30m") Duration idleGrace,
            @DefaultValue Kubernetes kubernetes,
            @DefaultValue Pool pool,
            @DefaultValue Life life) {

        /** Returns what sandboxes must be here. */
        public SandboxPolicy policy() {
            return new SandboxPolicy(isolation, require);
        }
    }

    /**
     * Sandboxes as pods. How the cluster is reached is the client's own matter: in the cluster the service account, else
     * {@code KUBECONFIG}.
     *
     * @param namespace where the pods are
     * @param installation tells the pods of this Titan from another's in the same namespace
     * @param daemonImage the image that brings the daemon
     * @param runtimeClass a runtime class, such as one for gVisor; absent means the cluster's default
     * @param seccompProfile a filter below the kubelet's seccomp directory; absent means the runtime's own
     * @param workspace what holds the workspace
     * @param vouched the limits the cluster's operator vouches for, since no pod can ask for them
     */
    public record Kubernetes(
            @DefaultValue("titan-sandboxes") String namespace,
            @DefaultValue("titan") String installation,
            @DefaultValue("titan/sandboxd:0.1.0") String daemonImage,
            @Nullable String runtimeClass,
            @Nullable String seccompProfile,
            @DefaultValue("memory") KubernetesSettings.Medium workspace,
            @DefaultValue Set<Unenforced> vouched) {}

    /**
     * How many sandboxes wait for tasks. Each idle one takes about 50 MB.
     *
     * @param min so many at any time
     * @param max so many at most, after a busy minute; 0 for no pool
     */
    public record Pool(
            @DefaultValue("1") int min, @DefaultValue("4") int max) {}

    /**
     * How long sandboxes live when nobody looks after them. Every process of an installation should say the same.
     *
     * @param lease time without a sign of Titan after which a sandbox ends itself; above the longest outage of a host
     * @param maxAge age at which it ends itself in any case
     * @param hostAway time after which the sandboxes of a host that does not answer count as lost, and are rebuilt on
     *     another one from their checkpoints; above the time a host takes to start
     * @param sweepEvery how often the schedule in Temporal looks for hosts that have stopped looking after themselves
     */
    public record Life(
            @DefaultValue("1h") Duration lease,
            @DefaultValue("7d") Duration maxAge,
            @DefaultValue("10m") Duration hostAway,
            @DefaultValue("2m") Duration sweepEvery) {

        /** Returns lease and age; a lease above the age is an {@link IllegalArgumentException}. */
        public SandboxLife ofSandbox() {
            return new SandboxLife(lease, maxAge);
        }

        /** Returns the time without a round after which a sweep makes one: whoever makes them has missed several. */
        public Duration overdue() {
            return sweepEvery.dividedBy(2);
        }
    }

    /**
     * What the proxies of sandboxes add to requests on their way out.
     *
     * @param credentials each a header for plain HTTP requests to one host
     */
    public record Egress(@DefaultValue List<Credential> credentials) {

        /** Returns them; a host that cannot be is an {@link IllegalArgumentException}, and the server does not start. */
        public Credentials toCredentials() {
            return new Credentials(credentials.stream()
                    .map(credential -> new Credentials.Credential(
                            HostPattern.parse(credential.host()), credential.header(), credential.value()))
                    .toList());
        }

        /**
         * A header that no sandbox sees.
         *
         * @param host as in the list of a policy: {@code api.example.com}, {@code *.example.com}, {@code :port} behind it
         * @param header its name
         * @param value its value; secret
         */
        public record Credential(
                String host, @DefaultValue("Authorization") String header, String value) {
            @Override
            public String toString() {
                return "%s for %s".formatted(header, host);
            }
        }
    }

    /** Which sandboxes are used. */
    public enum Provider {
        /** Docker when an engine answers, else bubblewrap; never a cluster, which is used when it is asked for. */
        AUTO,
        /** Docker or nothing. */
        DOCKER,
        /** Bubblewrap or nothing. */
        LOCAL,
        /** Pods of a Kubernetes cluster or nothing. */
        KUBERNETES
    }
}
