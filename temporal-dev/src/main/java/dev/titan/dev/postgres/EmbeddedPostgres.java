package dev.titan.dev.postgres;

import static java.util.Objects.requireNonNull;

import dev.titan.dev.process.ChildSpec;
import dev.titan.dev.process.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A PostgreSQL server for one machine: listens on 127.0.0.1 only, no unix socket, one user with a random password, data
 * in a directory. This type knows how to run it; running it is its caller's business.
 */
public final class EmbeddedPostgres {

    /** A checkpoint of a busy cluster on a slow disk. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(30);

    /** Recovery after a kill replays at most a gigabyte of log. */
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);

    private final PostgresBinaries binaries;
    private final PostgresCluster cluster;
    private final int port;
    private final Durability durability;

    /** Creates the server of that cluster on that port. */
    public EmbeddedPostgres(PostgresBinaries binaries, PostgresCluster cluster, int port, Durability durability) {
        this.binaries = requireNonNull(binaries, "binaries is null");
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.port = port;
        this.durability = requireNonNull(durability, "durability is null");
    }

    /** Returns how to reach it. */
    public PostgresAddress address() {
        return new PostgresAddress(port, PostgresCluster.DATABASE, PostgresCluster.USER, cluster.password());
    }

    /** Returns the command line of the server in the foreground. */
    public List<String> command() throws IOException {
        List<String> line = new ArrayList<>(List.of(
                binaries.program("postgres").toString(), "-D", cluster.data().toString()));
        List<String> settings = new ArrayList<>(List.of(
                "listen_addresses=127.0.0.1",
                "port=" + port,
                "unix_socket_directories=",
                "timezone=UTC",
                "log_timezone=UTC",
                "log_min_messages=warning",
                // No replica will ever follow: the log need not carry what one would read.
                "wal_level=minimal",
                "max_wal_senders=0",
                // Compiling a query costs more than these queries take.
                "jit=off"));
        settings.addAll(durability.settings());
        for (String setting : settings) {
            line.add("-c");
            line.add(setting);
        }
        return PostgresAccount.server(binaries.directory(), cluster.directory()).as(line);
    }

    /** Returns the environment of the server, complete. */
    public static Map<String, String> environment() {
        return Map.of("PATH", System.getenv().getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"), "LC_ALL", "C");
    }

    /** Returns whether the server takes connections; a server that starts up or recovers does not yet. */
    public boolean ready() {
        return new PostgresProbe(address()).healthy();
    }

    /** Returns the file the server whose cluster is in that directory is found again by. */
    public static Path pidFile(Path directory) {
        return directory.resolve("postgres.pid");
    }

    /** Returns the server as a child to supervise. */
    public ChildSpec child(Path logs) throws IOException {
        return new ChildSpec(
                "PostgreSQL",
                command(),
                environment(),
                logs.resolve("postgres.log"),
                pidFile(cluster.directory()),
                StopSignal.INT,
                STOP_WITHIN,
                READY_WITHIN,
                new PostgresProbe(address()));
    }
}
