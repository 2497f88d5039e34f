package dev.titan.sandbox.egress;

import dev.titan.contracts.network.Host;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a request wants to go.
 *
 * @param host the host in its one spelling
 * @param port 1–65535
 */
record Target(Host host, int port) {

    static final int HTTP = 80;
    static final int HTTPS = 443;

    private static final int PORT_MAX = 65_535;
    private static final String SCHEME = "http://";

    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\]]*]|[^:@\\[\\]]+)(?::([0-9]{1,5}))?");

    Target {
        if (port < 1 || port > PORT_MAX) {
            throw new IllegalArgumentException("no such port: " + port);
        }
    }

    /**
     * Reads the target of CONNECT, or the value of Host.
     *
     * @param received as Netty has it: one character a byte
     * @throws IllegalArgumentException when it is none, names a user, or is not UTF-8
     */
    static Target ofAuthority(String received, int defaultPort) {
        Matcher parts = AUTHORITY.matcher(utf8(received));
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a host and port");
        }
        int port = parts.group(2) == null ? defaultPort : Integer.parseInt(parts.group(2));
        return new Target(Host.parse(parts.group(1)), port);
    }

    /** Reads the target of a request in absolute form; {@code https} has to come by CONNECT. */
    static Target ofUri(String uri) {
        return ofAuthority(uri.substring(SCHEME.length(), authorityEnd(uri)), HTTP);
    }

    /** Returns a request's target in origin form, as the server is to read it; bytes beyond ASCII are escaped. */
    static String originForm(String uri) {
        String rest = uri.substring(authorityEnd(uri));
        StringBuilder path = new StringBuilder(rest.startsWith("/") ? "" : "/");
        for (int i = 0; i < rest.length() && rest.charAt(i) != '#'; i++) {
            char each = rest.charAt(i);
            path.append(each < 0x80 ? Character.toString(each) : "%%%02X".formatted((int) each));
        }
        return path.toString();
    }

    /** Returns the value of Host that means this. */
    String authority() {
        return port == HTTP ? host.toString() : host + ":" + port;
    }

    private static int authorityEnd(String uri) {
        if (!uri.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            throw new IllegalArgumentException("not an http:// request");
        }
        int end = SCHEME.length();
        while (end < uri.length() && "/?#".indexOf(uri.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static String utf8(String received) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(received.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("not UTF-8", e);
        }
    }
}
