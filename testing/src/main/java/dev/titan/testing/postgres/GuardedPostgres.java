package dev.titan.testing.postgres;

import dev.titan.dev.postgres.Durability;
import dev.titan.dev.postgres.EmbeddedPostgres;
import dev.titan.dev.postgres.PostgresAddress;
import dev.titan.dev.postgres.PostgresBinaries;
import dev.titan.dev.postgres.PostgresCluster;
import dev.titan.testing.system.TestPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A throwaway server that cannot outlive this JVM, not even one that is killed: a shell waits on a pipe that only this
 * JVM holds open, and when the pipe closes it ends the server and deletes its data.
 */
final class GuardedPostgres {

    private static final Duration READY_MAX = Duration.ofMinutes(1);

    /** {@code $1} directory to delete at the end, then the command. */
    private static final String END_WITH_THE_PIPE = """
            directory=$1; shift
            "$@" > "$directory/server.log" 2>&1 &
            server=$!
            read -r _
            kill -s INT "$server"
            wait "$server"
            rm -rf "$directory"
            """;

    private GuardedPostgres() {}

    static PostgresAddress start() {
        try {
            return launch();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL for tests did not start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL for tests started", e);
        }
    }

    private static PostgresAddress launch() throws IOException, InterruptedException {
        PostgresBinaries binaries = PostgresBinaries.unpack(PostgresBinaries.shared());
        Path directory = Files.createTempDirectory("titan-test-postgres-");
        PostgresCluster cluster = PostgresCluster.in(directory, binaries);
        EmbeddedPostgres postgres = new EmbeddedPostgres(binaries, cluster, TestPorts.free(), Durability.THROWAWAY);
        Process guard = guard(directory, postgres.command());
        long deadline = System.nanoTime() + READY_MAX.toNanos();
        while (!postgres.ready()) {
            if (System.nanoTime() > deadline || guard.waitFor(50, TimeUnit.MILLISECONDS)) {
                throw new IOException(Files.readString(directory.resolve("server.log")));
            }
        }
        return postgres.address();
    }

    private static Process guard(Path directory, List<String> server) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("setsid", "sh", "-c", END_WITH_THE_PIPE, "titan-test-postgres", directory.toString()));
        command.addAll(server);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(EmbeddedPostgres.environment());
        return builder.start();
    }
}
