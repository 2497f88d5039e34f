package dev.titan.dev;

import static java.util.Objects.requireNonNull;

import dev.titan.dev.home.StackPorts;
import dev.titan.dev.home.TitanHome;
import dev.titan.dev.temporal.TemporalCliFinder.FetchPolicy;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How to start the embedded default.
 *
 * @param home where it keeps everything
 * @param preferredPorts used by a home that has none yet, as far as they are free
 * @param postgresBinaries where PostgreSQL's programs are unpacked; homes of one machine may share it
 * @param fetch whether a missing Temporal CLI may be fetched
 * @param environment of this process: {@code PATH}, {@code TITAN_TEMPORAL_CLI}
 * @param say takes lines for the person at the terminal, before anything that takes seconds
 */
public record EmbeddedStackOptions(
        TitanHome home,
        StackPorts preferredPorts,
        Path postgresBinaries,
        FetchPolicy fetch,
        Map<String, String> environment,
        Consumer<String> say) {

    /** Names a directory for PostgreSQL's programs that several homes share; tests start many homes. */
    public static final String POSTGRES_BINARIES = "TITAN_POSTGRES_BINARIES";

    public EmbeddedStackOptions {
        requireNonNull(home, "home is null");
        requireNonNull(preferredPorts, "preferredPorts is null");
        requireNonNull(postgresBinaries, "postgresBinaries is null");
        requireNonNull(fetch, "fetch is null");
        environment = Map.copyOf(environment);
        requireNonNull(say, "say is null");
    }

    /** Returns the options a user gets who set none; the launcher's {@code --no-install} arrives in the environment. */
    public static EmbeddedStackOptions of(Map<String, String> environment, Consumer<String> say) {
        FetchPolicy fetch = environment.containsKey("TITAN_NO_INSTALL") ? FetchPolicy.REFUSE : FetchPolicy.FETCH;
        TitanHome home = TitanHome.of(environment);
        String shared = environment.getOrDefault(POSTGRES_BINARIES, "");
        Path binaries = shared.isBlank() ? home.postgres() : Path.of(shared);
        return new EmbeddedStackOptions(home, StackPorts.PREFERRED, binaries, fetch, environment, say);
    }
}
