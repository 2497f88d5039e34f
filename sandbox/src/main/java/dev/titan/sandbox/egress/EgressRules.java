package dev.titan.sandbox.egress;

import dev.titan.contracts.network.Host;
import dev.titan.contracts.network.NetworkPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Decides by the policy of one task. Looks names up; keeps nothing. Thread-safe. */
final class EgressRules {

    private final NetworkPolicy policy;
    private final EgressNetwork network;

    EgressRules(NetworkPolicy policy, EgressNetwork network) {
        this.policy = policy;
        this.network = network;
    }

    /** Decides; blocks while it looks the name up. */
    Verdict judge(Target target) {
        return objection(target)
                .<Verdict>map(reason -> Verdict.Refused.of(target, reason))
                .orElseGet(() -> judgeAddresses(target));
    }

    /** What speaks against a target before anything is looked up. */
    private Optional<Reason> objection(Target target) {
        Reason reason = switch (policy) {
            case NetworkPolicy.Isolated() -> Reason.ISOLATED;
            case NetworkPolicy.ProxyOnly(var ports, var _) ->
                target.host() instanceof Host.Address
                        ? Reason.ADDRESS_LITERAL
                        : ports.contains(target.port()) ? Reason.ALLOWED : Reason.PORT_NOT_LISTED;
            case NetworkPolicy.Restricted restricted -> listed(restricted, target);
        };
        if (reason != Reason.ALLOWED) {
            return Optional.of(reason);
        }
        return target.host() instanceof Host.Name name && name.isReserved()
                ? Optional.of(Reason.RESERVED_NAME)
                : Optional.empty();
    }

    private static Reason listed(NetworkPolicy.Restricted policy, Target target) {
        var entries = policy.hosts().stream()
                .filter(entry -> entry.matches(target.host()))
                .toList();
        if (entries.isEmpty()) {
            return target.host() instanceof Host.Address ? Reason.ADDRESS_LITERAL : Reason.NOT_LISTED;
        }
        boolean port = entries.stream()
                .anyMatch(entry ->
                        entry.port() == null ? policy.ports().contains(target.port()) : entry.port() == target.port());
        return port ? Reason.ALLOWED : Reason.PORT_NOT_LISTED;
    }

    private Verdict judgeAddresses(Target target) {
        List<InetAddress> addresses;
        try {
            addresses = switch (target.host()) {
                case Host.Address(var address) -> List.of(address);
                case Host.Name(var name) -> network.resolver().resolve(name);
            };
        } catch (IOException e) {
            return Verdict.Refused.of(target, Reason.NOT_FOUND);
        }
        if (addresses.isEmpty()) {
            return Verdict.Refused.of(target, Reason.NOT_FOUND);
        }
        // One bad address condemns the host: which one a client would take is not ours to guess.
        return addresses.stream()
                .filter(address -> network.forbids().apply(address).isPresent())
                .findFirst()
                .<Verdict>map(address ->
                        new Verdict.Refused(target.host().toString(), target.port(), address, Reason.SPECIAL_ADDRESS))
                .orElseGet(() -> new Verdict.Allowed(target, List.copyOf(addresses)));
    }
}
