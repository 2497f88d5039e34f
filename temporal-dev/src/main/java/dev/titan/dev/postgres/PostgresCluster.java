package dev.titan.dev.postgres;

import dev.titan.dev.EmbeddedStackException;
import dev.titan.dev.process.LogTail;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL data directory, its one user and that user's password.
 *
 * @param directory holds the data directory and, readable by the owner only, the password
 * @param password of {@link #USER}
 */
public record PostgresCluster(Path directory, String password) {

    /** The database every cluster has. */
    public static final String DATABASE = "titan";

    /** The superuser every cluster has, and the only one. */
    public static final String USER = "titan";

    private static final int PASSWORD_BYTES = 24;
    private static final long INITDB_SECONDS_MAX = 120;

    /**
     * Returns the cluster in that directory, initialising it when there is none. An initialisation that is cut short
     * leaves nothing that would be taken for a cluster: the directory gets its name only when it is complete.
     */
    public static PostgresCluster in(Path directory, PostgresBinaries binaries)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        PostgresCluster cluster = new PostgresCluster(directory, password(directory.resolve("password")));
        if (!Files.isDirectory(cluster.data())) {
            cluster.initialise(binaries);
        }
        return cluster;
    }

    Path data() {
        return directory.resolve("data-" + PostgresBinaries.MAJOR_VERSION);
    }

    private static String password(Path file) throws IOException {
        if (Files.exists(file)) {
            return Files.readString(file).trim();
        }
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Path next = file.resolveSibling("password.new");
        writeSecret(next, password);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        return password;
    }

    private static void writeSecret(Path file, String secret) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, secret + "\n");
    }

    private void initialise(PostgresBinaries binaries) throws IOException, InterruptedException {
        Path unfinished = directory.resolve("initialising");
        Path secret = directory.resolve("initialising.password");
        PostgresBinaries.delete(unfinished);
        Files.createDirectory(
                unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        writeSecret(secret, password);
        try {
            PostgresAccount account = PostgresAccount.initdb(binaries.directory(), directory);
            account.own(unfinished);
            account.own(secret);
            run(
                    account.as(List.of(
                            binaries.program("initdb").toString(),
                            "--pgdata=" + unfinished,
                            "--username=" + USER,
                            "--pwfile=" + secret,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C",
                            // Sorting and case mapping from PostgreSQL itself, the same on every host.
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8",
                            "--no-instructions")),
                    "");
            run(
                    account.as(List.of(
                            binaries.program("postgres").toString(), "--single", "-D", "" + unfinished, "postgres")),
                    "CREATE DATABASE " + DATABASE + "\n");
            PostgresAccount.server(binaries.directory(), directory).own(unfinished);
            Files.move(unfinished, data(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(secret);
        }
    }

    private void run(List<String> command, String input) throws IOException, InterruptedException {
        Path log = directory.resolve("initdb.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(EmbeddedPostgres.environment());
        Process process = builder.start();
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        boolean ended = process.waitFor(INITDB_SECONDS_MAX, TimeUnit.SECONDS);
        if (!ended || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new EmbeddedStackException(
                    "PostgreSQL's data directory could not be initialised: %s. The log %s ends with:%n%s"
                            .formatted(
                                    ended ? "exit code " + process.exitValue() : "it took too long",
                                    log,
                                    LogTail.of(log)));
        }
    }
}
