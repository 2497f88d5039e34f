package dev.titan.cli;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that talks to a server. */
final class ServerOptions {

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The server; default: $TITAN_SERVER or ${DEFAULT-VALUE}.",
            defaultValue = "${env:TITAN_SERVER:-http://127.0.0.1:3000}")
    URI server = URI.create("http://127.0.0.1:3000");

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            description = "The API key; default: $TITAN_API_KEY, or the development key for a server on this machine.")
    @Nullable
    String apiKey;

    @Option(names = "--json", description = "Print JSON lines for programs.")
    boolean json;

    TitanApi api(URI where) {
        return new TitanApi(where, key(where));
    }

    private String key(URI where) {
        if (apiKey != null) {
            return apiKey;
        }
        String configured = System.getenv("TITAN_API_KEY");
        if (configured != null && !configured.isBlank()) {
            return configured;
        }
        boolean local = "127.0.0.1".equals(where.getHost()) || "localhost".equals(where.getHost());
        return local ? "dev-key-123" : "";
    }
}
