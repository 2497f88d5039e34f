package dev.titan.contracts.network;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.TreeSet;

/**
 * What the sandbox of a task may reach. It changes nothing about the sandbox, which has no network in any case: the
 * egress proxy at its one way out answers according to it. No policy opens an address or a name of a private network.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = NetworkPolicy.Isolated.class, name = "isolated"),
    @JsonSubTypes.Type(value = NetworkPolicy.ProxyOnly.class, name = "proxy_only"),
    @JsonSubTypes.Type(value = NetworkPolicy.Restricted.class, name = "restricted")
})
public sealed interface NetworkPolicy {

    /** The ports of the web, which are allowed where a policy names none. */
    List<Integer> WEB_PORTS = List.of(80, 443);

    /** Services of one task; more is a firewall and belongs to the server. */
    int PORTS_MAX = 20;

    /** Hosts of one task, each of which may stand for all below it. */
    int HOSTS_MAX = 200;

    /** Returns the wire name of the policy. */
    default String wire() {
        return switch (this) {
            case Isolated() -> "isolated";
            case ProxyOnly _ -> "proxy_only";
            case Restricted _ -> "restricted";
        };
    }

    /** Nothing. */
    record Isolated() implements NetworkPolicy {}

    /**
     * Every public host by its name.
     *
     * @param ports the ports that may be reached, ascending, 1–20 of them
     * @param limits how much
     */
    record ProxyOnly(List<Integer> ports, EgressLimits limits) implements NetworkPolicy {
        public ProxyOnly {
            ports = checkedPorts(ports);
        }
    }

    /**
     * The hosts on a list, if they are public.
     *
     * @param hosts the list, 1–200 entries
     * @param ports the ports that may be reached at hosts listed without one, ascending, 1–20 of them
     * @param limits how much
     */
    record Restricted(List<HostPattern> hosts, List<Integer> ports, EgressLimits limits) implements NetworkPolicy {
        public Restricted {
            hosts = List.copyOf(hosts);
            ports = checkedPorts(ports);
            if (hosts.isEmpty() || hosts.size() > HOSTS_MAX) {
                throw new IllegalArgumentException("a restricted policy lists 1–200 hosts, not " + hosts.size());
            }
        }
    }

    private static List<Integer> checkedPorts(List<Integer> ports) {
        List<Integer> ascending = List.copyOf(new TreeSet<>(ports));
        if (ascending.isEmpty()
                || ascending.size() > PORTS_MAX
                || ascending.getFirst() < 1
                || ascending.getLast() > HostPattern.PORT_MAX) {
            throw new IllegalArgumentException("ports are 1–20 numbers from 1 to 65535, not " + ports);
        }
        return ascending;
    }
}
