package dev.titan.dev;

import static java.util.Objects.requireNonNull;

import dev.titan.dev.home.StackPorts;
import dev.titan.dev.home.TitanHome;
import dev.titan.dev.temporal.TemporalCliFinder.FetchPolicy;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How to start the embedded default.
 *
 * @param home where it keeps everything
 * @param preferredPorts used by a home that has none yet, as far as they are free
 * @param fetch whether a missing Temporal CLI may be fetched
 * @param environment of this process: {@code PATH}, {@code TITAN_TEMPORAL_CLI}
 * @param say takes lines for the person at the terminal, before anything that takes seconds
 */
public record EmbeddedStackOptions(
        TitanHome home,
        StackPorts preferredPorts,
        FetchPolicy fetch,
        Map<String, String> environment,
        Consumer<String> say) {

    public EmbeddedStackOptions {
        requireNonNull(home, "home is null");
        requireNonNull(preferredPorts, "preferredPorts is null");
        requireNonNull(fetch, "fetch is null");
        environment = Map.copyOf(environment);
        requireNonNull(say, "say is null");
    }

    /** Returns the options a user gets who set none; the launcher's {@code --no-install} arrives in the environment. */
    public static EmbeddedStackOptions of(Map<String, String> environment, Consumer<String> say) {
        FetchPolicy fetch = environment.containsKey("TITAN_NO_INSTALL") ? FetchPolicy.REFUSE : FetchPolicy.FETCH;
        return new EmbeddedStackOptions(TitanHome.of(environment), StackPorts.PREFERRED, fetch, environment, say);
    }
}
