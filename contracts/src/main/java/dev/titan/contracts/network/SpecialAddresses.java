package dev.titan.contracts.network;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The addresses that are no host of the public internet: those of the IANA registries of special-purpose addresses (IPv4
 * and IPv6), multicast, what is reserved, and the one that a large cloud uses inside. An IPv6 address that carries an
 * IPv4 address (mapped, compatible, translated, NAT64, 6to4, Teredo) is special as such, for it may lead anywhere.
 */
public final class SpecialAddresses {

    private static final List<Range> RANGES = List.of(
            new Range("0.0.0.0", 8, "this network"),
            new Range("10.0.0.0", 8, "private"),
            new Range("100.64.0.0", 10, "shared by carriers"),
            new Range("127.0.0.0", 8, "loopback"),
            new Range("168.63.129.16", 32, "a cloud's own host"),
            new Range("169.254.0.0", 16, "link-local, metadata of clouds"),
            new Range("172.16.0.0", 12, "private"),
            new Range("192.0.0.0", 24, "protocol assignments"),
            new Range("192.0.2.0", 24, "documentation"),
            new Range("192.31.196.0", 24, "AS112"),
            new Range("192.52.193.0", 24, "AMT"),
            new Range("192.88.99.0", 24, "6to4 relays"),
            new Range("192.168.0.0", 16, "private"),
            new Range("192.175.48.0", 24, "AS112"),
            new Range("198.18.0.0", 15, "benchmarking"),
            new Range("198.51.100.0", 24, "documentation"),
            new Range("203.0.113.0", 24, "documentation"),
            new Range("224.0.0.0", 4, "multicast"),
            new Range("240.0.0.0", 4, "reserved, broadcast"),
            new Range("::", 96, "unspecified, loopback, IPv4-compatible"),
            new Range("::ffff:0:0:0", 96, "IPv4-translated"),
            new Range("64:ff9b::", 96, "NAT64"),
            new Range("64:ff9b:1::", 48, "local NAT64"),
            new Range("100::", 64, "discard"),
            new Range("100:0:0:1::", 64, "dummy"),
            new Range("2001::", 23, "protocol assignments, Teredo"),
            new Range("2001:db8::", 32, "documentation"),
            new Range("2002::", 16, "6to4"),
            new Range("2620:4f:8000::", 48, "AS112"),
            new Range("3fff::", 20, "documentation"),
            new Range("5f00::", 16, "segment routing"),
            new Range("fc00::", 7, "unique local"),
            new Range("fe80::", 10, "link-local"),
            new Range("fec0::", 10, "site-local"),
            new Range("ff00::", 8, "multicast"));

    /** IANA has given out global unicast addresses of IPv6 from here alone. */
    private static final Range GLOBAL_UNICAST = new Range("2000::", 3, "global unicast");

    private SpecialAddresses() {}

    /** Returns what an address is for, when that is not to be a host of the public internet. */
    public static Optional<String> of(InetAddress address) {
        byte[] bytes = address.getAddress();
        Optional<String> special = RANGES.stream()
                .filter(range -> range.contains(bytes))
                .map(Range::what)
                .findFirst();
        boolean unassigned = bytes.length == IPV6_BYTES && !GLOBAL_UNICAST.contains(bytes);
        return special.isEmpty() && unassigned ? Optional.of("not assigned") : special;
    }

    private static final int IPV6_BYTES = 16;

    private record Range(InetAddress first, int prefixBits, String what) {

        Range(String first, int prefixBits, String what) {
            this(InetAddress.ofLiteral(first), prefixBits, what);
        }

        boolean contains(byte[] address) {
            byte[] start = first.getAddress();
            if (address.length != start.length) {
                return false;
            }
            int wholeBytes = prefixBits / Byte.SIZE;
            if (!Arrays.equals(address, 0, wholeBytes, start, 0, wholeBytes)) {
                return false;
            }
            int bitsLeft = prefixBits % Byte.SIZE;
            int difference = bitsLeft == 0 ? 0 : (address[wholeBytes] ^ start[wholeBytes]) & 0xff;
            return difference >>> (Byte.SIZE - bitsLeft) == 0;
        }
    }
}
