package dev.titan.cli;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command that talks to a server. */
final class ServerOptions {

    private static final String DEFAULT = "http://127.0.0.1:3000";

    /** What the embedded default accepts from this machine; sent to no other. */
    private static final String DEVELOPMENT_KEY = "dev-key-123";

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli fills it in before it calls anything
    CommandSpec command;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The server; default: $TITAN_SERVER or " + DEFAULT + ".")
    @Nullable
    String server;

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            description = "The API key; default: $TITAN_API_KEY, or the development key for a server on this machine.")
    @Nullable
    String apiKey;

    @Option(names = "--json", description = "Print JSON lines for programs.")
    boolean json;

    /** Returns whether somebody named a server, so that no other may take its place. */
    boolean isServerNamed() {
        return named() != null;
    }

    TitanApi api() {
        String address = named();
        return api(parse(address == null ? DEFAULT : address));
    }

    TitanApi api(URI address) {
        return new TitanApi(address, key(address));
    }

    private @Nullable String named() {
        return server != null ? server : environment("TITAN_SERVER");
    }

    private URI parse(String address) {
        try {
            URI uri = URI.create(address);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Answered below, like an address without a host.
        }
        throw new ParameterException(
                command.commandLine(), "The server '%s' is no address like %s".formatted(address, DEFAULT));
    }

    private String key(URI address) {
        String configured = apiKey != null ? apiKey : environment("TITAN_API_KEY");
        if (configured != null) {
            return configured.strip();
        }
        return LOOPBACK.contains(String.valueOf(address.getHost())) ? DEVELOPMENT_KEY : "";
    }

    private static @Nullable String environment(String name) {
        String value = System.getenv(name);
        return value == null || value.isBlank() ? null : value;
    }
}
