package dev.titan.contracts.network;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An entry of an allow-list, written {@code api.example.com}, {@code *.example.com} or {@code 93.184.215.14}, each with
 * {@code :port} behind it where other ports than those of the policy are meant.
 *
 * @param host the host; for {@code subdomains} the name below which they are
 * @param subdomains every name below the host, at any depth, and not the host itself
 * @param port the only port, or absent for the ports of the policy
 */
public record HostPattern(
        Host host, boolean subdomains, @Nullable Integer port) {

    /** The highest port there is. */
    public static final int PORT_MAX = 65_535;

    private static final Pattern SHAPE = Pattern.compile("(\\*\\.)?(\\[[^\\]]*]|[^:\\[\\]]+)(?::([0-9]{1,5}))?");

    public HostPattern {
        if (port != null && (port < 1 || port > PORT_MAX)) {
            throw new IllegalArgumentException("the port must be 1–65535, not " + port);
        }
        switch (host) {
            case Host.Address(var address) -> {
                if (subdomains) {
                    throw new IllegalArgumentException("an address has no subdomains");
                }
                SpecialAddresses.of(address).ifPresent(what -> {
                    throw new IllegalArgumentException("is an address that no policy opens: " + what);
                });
            }
            case Host.Name name -> {
                if (name.isReserved()) {
                    throw new IllegalArgumentException(
                            subdomains
                                    ? "is too wide or of a private network, which no policy opens"
                                    : "is a name of a private network, which no policy opens");
                }
            }
        }
    }

    /**
     * Reads an entry.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static HostPattern parse(String text) {
        Matcher parts = SHAPE.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "must be a host such as api.example.com, *.example.com or api.example.com:8443");
        }
        Host host;
        try {
            host = Host.parse(parts.group(2));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is no host name and no address", e);
        }
        return new HostPattern(
                host, parts.group(1) != null, parts.group(3) == null ? null : Integer.valueOf(parts.group(3)));
    }

    /** Returns whether this entry means the host. */
    public boolean matches(Host candidate) {
        return subdomains
                ? candidate instanceof Host.Name name && name.ascii().endsWith("." + host)
                : host.equals(candidate);
    }

    @JsonValue
    @Override
    public String toString() {
        return (subdomains ? "*." : "") + host + (port == null ? "" : ":" + port);
    }
}
