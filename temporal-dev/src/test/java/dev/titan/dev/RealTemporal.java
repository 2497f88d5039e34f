package dev.titan.dev;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.titan.dev.home.StackPorts;
import dev.titan.dev.home.TitanHome;
import dev.titan.dev.postgres.PostgresBinaries;
import dev.titan.dev.temporal.TemporalCli;
import dev.titan.dev.temporal.TemporalCliFinder;
import dev.titan.dev.temporal.TemporalCliFinder.FetchPolicy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The machine's Temporal CLI for tests: without one the full suite fails and a developer's quick run skips. */
public final class RealTemporal {

    private RealTemporal() {}

    /** Returns options for a stack in that home, whose environment names the machine's CLI. */
    public static EmbeddedStackOptions options(Path home) throws Exception {
        TitanHome usual = TitanHome.of(System.getenv());
        TemporalCli cli = new TemporalCliFinder(usual, System.getenv(), FetchPolicy.REFUSE, line -> {}).find();
        return switch (cli) {
            case TemporalCli.Found found -> {
                Map<String, String> environment = new HashMap<>(System.getenv());
                environment.put(TemporalCliFinder.VARIABLE, found.program().toString());
                yield new EmbeddedStackOptions(
                        new TitanHome(home),
                        StackPorts.ANY,
                        PostgresBinaries.shared(),
                        FetchPolicy.REFUSE,
                        environment,
                        System.out::println);
            }
            case TemporalCli.Missing missing -> {
                if (Boolean.getBoolean("titan.skipMissing")) {
                    yield abort(missing.reason());
                }
                yield fail(missing.reason());
            }
        };
    }
}
