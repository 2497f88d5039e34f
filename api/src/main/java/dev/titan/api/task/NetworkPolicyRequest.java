package dev.titan.api.task;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.titan.api.problem.FieldError;
import dev.titan.contracts.network.EgressLimits;
import dev.titan.contracts.network.HostPattern;
import dev.titan.contracts.network.NetworkPolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the sandbox may reach: the name of a policy, or an object.
 *
 * @param type {@code isolated}, {@code proxy_only} or {@code restricted}; may be left out beside hosts
 * @param hosts of a restricted policy: {@code api.example.com}, {@code *.example.com}, each with {@code :port} where it
 *     has another
 * @param ports which may be reached; absent means 80 and 443
 * @param limits how much
 */
record NetworkPolicyRequest(
        @Nullable String type,
        @Nullable List<@Nullable String> hosts,
        @Nullable List<@Nullable Integer> ports,
        @Nullable Limits limits) {

    private static final String FIELD = "network_policy";

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    NetworkPolicyRequest(
            @JsonProperty("type") @Nullable String type,
            @JsonProperty("hosts") @Nullable List<@Nullable String> hosts,
            @JsonProperty("ports") @Nullable List<@Nullable Integer> ports,
            @JsonProperty("limits") @Nullable Limits limits) {
        this.type = type;
        this.hosts = hosts;
        this.ports = ports;
        this.limits = limits;
    }

    /** Reads the short form. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static NetworkPolicyRequest named(String type) {
        return new NetworkPolicyRequest(type, null, null, null);
    }

    /**
     * How much; each may be left out.
     *
     * @param maxBytesUp bytes sent
     * @param maxBytesDown bytes received
     * @param maxConnections connections at once
     * @param maxIdleSeconds after which a silent connection is cut
     */
    record Limits(
            @Nullable Long maxBytesUp,
            @Nullable Long maxBytesDown,
            @Nullable Integer maxConnections,
            @Nullable Integer maxIdleSeconds) {}

    /** Makes the policy; what is wrong is added to the errors, and then the policy is of no use. */
    NetworkPolicy policy(List<FieldError> errors) {
        String wanted = type == null && hosts != null ? "restricted" : type == null ? "" : type;
        int errorsBefore = errors.size();
        List<Integer> allowedPorts = ports(errors);
        EgressLimits allowed = limits(errors);
        List<HostPattern> patterns = hosts(errors);
        boolean isRestricted = wanted.equals("restricted");
        if (!List.of("isolated", "proxy_only", "restricted").contains(wanted)) {
            errors.add(new FieldError(FIELD, "must be isolated, proxy_only or restricted, or an object with hosts"));
        } else if (isRestricted && hosts == null) {
            errors.add(new FieldError(FIELD + ".hosts", "is missing: a restricted policy lists what may be reached"));
        } else if (!isRestricted && hosts != null) {
            errors.add(new FieldError(FIELD + ".hosts", "belongs to a restricted policy"));
        } else if (wanted.equals("isolated") && (ports != null || limits != null)) {
            errors.add(new FieldError(FIELD, "an isolated task reaches nothing, so it has no ports and no limits"));
        }
        if (errors.size() > errorsBefore || wanted.equals("isolated")) {
            return new NetworkPolicy.Isolated();
        }
        return isRestricted
                ? new NetworkPolicy.Restricted(patterns, allowedPorts, allowed)
                : new NetworkPolicy.ProxyOnly(allowedPorts, allowed);
    }

    private List<HostPattern> hosts(List<FieldError> errors) {
        List<HostPattern> patterns = new ArrayList<>();
        List<@Nullable String> written = hosts == null ? List.of() : hosts;
        if (hosts != null && (hosts.isEmpty() || hosts.size() > NetworkPolicy.HOSTS_MAX)) {
            errors.add(new FieldError(FIELD + ".hosts", "must have 1–200 entries"));
            return patterns;
        }
        for (int i = 0; i < written.size(); i++) {
            try {
                patterns.add(HostPattern.parse(String.valueOf(written.get(i))));
            } catch (IllegalArgumentException e) {
                errors.add(new FieldError("%s.hosts[%d]".formatted(FIELD, i), String.valueOf(e.getMessage())));
            }
        }
        return patterns;
    }

    private List<Integer> ports(List<FieldError> errors) {
        if (ports == null) {
            return NetworkPolicy.WEB_PORTS;
        }
        List<Integer> valid = new ArrayList<>();
        if (ports.isEmpty() || ports.size() > NetworkPolicy.PORTS_MAX) {
            errors.add(new FieldError(FIELD + ".ports", "must have 1–20 entries"));
        }
        for (int i = 0; i < ports.size(); i++) {
            Integer port = ports.get(i);
            if (port == null || port < 1 || port > HostPattern.PORT_MAX) {
                errors.add(new FieldError("%s.ports[%d]".formatted(FIELD, i), "must be 1–65,535"));
            } else {
                valid.add(port);
            }
        }
        return valid;
    }

    private EgressLimits limits(List<FieldError> errors) {
        if (limits == null) {
            return EgressLimits.DEFAULT;
        }
        return new EgressLimits(
                limit(
                        "max_bytes_up",
                        limits.maxBytesUp(),
                        EgressLimits.DEFAULT_MAX_BYTES_UP,
                        0,
                        EgressLimits.BYTES_MAX,
                        errors),
                limit(
                        "max_bytes_down",
                        limits.maxBytesDown(),
                        EgressLimits.DEFAULT_MAX_BYTES_DOWN,
                        0,
                        EgressLimits.BYTES_MAX,
                        errors),
                (int) limit(
                        "max_connections",
                        limits.maxConnections(),
                        EgressLimits.DEFAULT_MAX_CONNECTIONS,
                        1,
                        EgressLimits.CONNECTIONS_MAX,
                        errors),
                (int) limit(
                        "max_idle_seconds",
                        limits.maxIdleSeconds(),
                        EgressLimits.DEFAULT_MAX_IDLE_SECONDS,
                        1,
                        EgressLimits.IDLE_SECONDS_MAX,
                        errors));
    }

    private static long limit(
            String name, @Nullable Number value, long otherwise, long min, long max, List<FieldError> errors) {
        if (value == null) {
            return otherwise;
        }
        if (value.longValue() < min || value.longValue() > max) {
            errors.add(new FieldError(FIELD + ".limits." + name, "must be %,d–%,d".formatted(min, max)));
            return otherwise;
        }
        return value.longValue();
    }
}
