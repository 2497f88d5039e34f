package dev.titan.sandbox.egress;

import dev.titan.contracts.network.SpecialAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The world outside as a proxy meets it. There is one of it; tests bring another one, and no configuration can.
 *
 * @param resolver looks names up
 * @param forbids says what an address is for when it must not be dialled
 * @param route where a connection to an address goes: there
 */
record EgressNetwork(
        HostResolver resolver,
        Function<InetAddress, Optional<String>> forbids,
        UnaryOperator<InetSocketAddress> route) {

    /** The real one. */
    static EgressNetwork system() {
        return new EgressNetwork(EgressNetwork::lookUp, EgressNetwork::specialOrOwn, UnaryOperator.identity());
    }

    /** The dot at the end keeps search domains and the host's own file of names out of it. */
    private static List<InetAddress> lookUp(String name) throws UnknownHostException {
        return List.of(InetAddress.getAllByName(name + "."));
    }

    /** An address of this host is a way around its firewall, be it public. */
    private static Optional<String> specialOrOwn(InetAddress address) {
        return SpecialAddresses.of(address).or(() -> isOwn(address) ? Optional.of("this host") : Optional.empty());
    }

    private static boolean isOwn(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return true;
        }
    }
}
