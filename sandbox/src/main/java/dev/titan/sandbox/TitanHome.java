package dev.titan.sandbox;

import java.nio.file.Path;
import java.util.Map;

/**
 * The directory in which this host keeps what must outlive a process: its id, the daemon, the places of its sandboxes.
 *
 * @param path absolute; short, because sockets lie below it and a socket's path holds at most 107 bytes
 */
public record TitanHome(Path path) {

    public TitanHome {
        path = path.toAbsolutePath().normalize();
    }

    /** Returns {@code TITAN_HOME} of the given environment, else {@code ~/.titan}. */
    public static TitanHome of(Map<String, String> environment) {
        String set = environment.getOrDefault("TITAN_HOME", "");
        return new TitanHome(set.isBlank() ? Path.of(System.getProperty("user.home"), ".titan") : Path.of(set));
    }

    /** Returns where the places of sandboxes are: one directory each, readable by Titan's own user alone. */
    public Path run() {
        return path.resolve("run");
    }

    /** Returns where the daemon is unpacked, one directory for each version. */
    public Path sandboxd() {
        return path.resolve("sandboxd");
    }

    /** Returns the file that holds the {@link HostId}. */
    public Path hostIdFile() {
        return path.resolve("host-id");
    }
}
