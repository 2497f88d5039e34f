package dev.titan.contracts.network;

import java.net.IDN;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A host in its one spelling, whatever way it was written: a name in lower-case ASCII, or an address. Every trick of
 * spelling (decimal, octal, hexadecimal and short addresses, full-width and circled characters, ideographic dots, a
 * trailing dot, capitals) ends here, so that what is judged is what would be connected to.
 */
public sealed interface Host {

    /** The longest name of DNS without its trailing dot (RFC 1035). */
    int NAME_CHARS_MAX = 253;

    /**
     * A name.
     *
     * @param ascii lower case, in the form of DNS, without a trailing dot
     */
    record Name(String ascii) implements Host {

        private static final Pattern SHAPE =
                Pattern.compile("(?!-)[a-z0-9_-]{1,63}(?<!-)(\\.(?!-)[a-z0-9_-]{1,63}(?<!-))*");

        /**
         * Top-level names of private networks and of no network: RFC 6761, 6762, 7686, 8375, 9476, the ones ICANN keeps
         * free because routers use them, and those of container engines and clusters.
         */
        private static final Set<String> RESERVED = Set.of(
                "alt",
                "arpa",
                "corp",
                "home",
                "internal",
                "intranet",
                "invalid",
                "lan",
                "local",
                "localdomain",
                "localhost",
                "onion",
                "private",
                "svc");

        public Name {
            if (ascii.length() > NAME_CHARS_MAX || !SHAPE.matcher(ascii).matches()) {
                throw new IllegalArgumentException("not a host name");
            }
        }

        /** Returns whether no public host has such a name: one label alone, or a reserved last one. */
        public boolean isReserved() {
            int dot = ascii.lastIndexOf('.');
            return dot < 0 || RESERVED.contains(ascii.substring(dot + 1));
        }

        @Override
        public String toString() {
            return ascii;
        }
    }

    /**
     * An address, written where a name could stand.
     *
     * @param address the address; an IPv4 address that was written as IPv6 is IPv4
     */
    record Address(InetAddress address) implements Host {
        @Override
        public String toString() {
            String text = address.getHostAddress();
            return address instanceof Inet6Address ? "[" + text + "]" : text;
        }
    }

    /**
     * Reads a host as it stands in a URL: a name, an IPv4 address, or an IPv6 address in brackets.
     *
     * @throws IllegalArgumentException when it is neither; the message does not repeat it
     */
    static Host parse(String written) {
        if (written.startsWith("[") && written.endsWith("]")) {
            return new Address(ipv6(written.substring(1, written.length() - 1)));
        }
        if (written.isEmpty() || written.length() > NAME_CHARS_MAX + 1) {
            throw new IllegalArgumentException("not a host name");
        }
        // IDNA knows the ideographic dots and maps full-width and circled characters to what they stand for.
        String ascii = IDN.toASCII(written).toLowerCase(Locale.ROOT);
        String name = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
        List<String> labels = Arrays.asList(name.split("\\.", -1));
        return endsInNumber(labels) ? new Address(ipv4(name)) : new Name(name);
    }

    /** As in the URL standard of the browsers: no name ends in a number, so such a host is an address or nothing. */
    private static boolean endsInNumber(List<String> labels) {
        return labels.getLast().matches("[0-9]+|0x[0-9a-f]*");
    }

    private static InetAddress ipv4(String text) {
        // Decimal, octal and hexadecimal, one to four parts, as inet_aton(3) reads them.
        return Inet4Address.ofPosixLiteral(text);
    }

    private static InetAddress ipv6(String text) {
        if (!text.contains(":") || text.contains("%")) {
            throw new IllegalArgumentException("not an IPv6 address");
        }
        return Inet6Address.ofLiteral(text);
    }
}
