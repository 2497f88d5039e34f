package dev.titan.dev.home;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;

/**
 * The directory that holds everything the embedded default keeps: binaries, databases, logs, ports. Deleting it, with
 * nothing running, is a factory reset.
 *
 * @param path absolute
 */
public record TitanHome(Path path) {

    public TitanHome {
        path = requireNonNull(path, "path is null").toAbsolutePath().normalize();
    }

    /** Returns the home the environment names by {@code TITAN_HOME}, else {@code ~/.titan}. */
    public static TitanHome of(Map<String, String> environment) {
        String named = environment.getOrDefault("TITAN_HOME", "");
        return new TitanHome(named.isBlank() ? Path.of(System.getProperty("user.home"), ".titan") : Path.of(named));
    }

    /** Returns where Temporal's CLI and database live. */
    public Path temporal() {
        return path.resolve("temporal");
    }

    /** Returns where PostgreSQL's binaries and cluster live. */
    public Path postgres() {
        return path.resolve("postgres");
    }

    /** Returns where the children's output goes. */
    public Path logs() {
        return path.resolve("logs");
    }

    Path lock() {
        return path.resolve("stack.lock");
    }

    Path owner() {
        return path.resolve("owner.json");
    }

    Path ports() {
        return path.resolve("ports.json");
    }
}
