package dev.titan.sandbox.egress;

import dev.titan.contracts.network.HostPattern;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;

/**
 * Headers that the proxy adds to plain HTTP requests on their way out, so that what they hold is never in a sandbox. They
 * replace what the sandbox sent under the same name. A tunnel is not opened for them: its content is between the sandbox
 * and the server.
 *
 * @param all each with the hosts it is for
 */
public record Credentials(List<Credential> all) {

    public static final Credentials NONE = new Credentials(List.of());

    public Credentials {
        all = List.copyOf(all);
    }

    /**
     * One header for one host.
     *
     * @param host the hosts that get it, and no other
     * @param header the header's name
     * @param value its value; secret
     */
    public record Credential(HostPattern host, String header, String value) {
        /** Keeps the value out of every log. */
        @Override
        public String toString() {
            return "%s for %s".formatted(header, host);
        }
    }

    void addTo(HttpHeaders headers, Target target) {
        for (Credential credential : all) {
            Integer port = credential.host().port();
            if (credential.host().matches(target.host()) && (port == null ? Target.HTTP : port) == target.port()) {
                headers.set(credential.header(), credential.value());
            }
        }
    }
}
