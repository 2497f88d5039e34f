package dev.titan.testing.system;

import dev.titan.contracts.json.TitanJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * A Titan home of one test, on a short path because sockets lie below it. It shows what is left of the home's sandboxes,
 * and closing it ends and removes whatever is.
 *
 * @param path the directory
 */
public record TestHome(Path path) implements AutoCloseable {

    /** Enough to meet nobody, on a path of 11 characters: a socket's path takes 107, and several things lie between. */
    private static final int NAME_LENGTH = 5;

    /** {@code home/*.out} and {@code home/logs/*.log}. */
    private static final int LOG_DEPTH = 2;

    /** As in {@code dev.titan.dev.home.StackPorts}: any port, not the usual one, which two homes could find free at once. */
    private static final String ANY_PORTS = "{\"temporal\": 0, \"temporal_ui\": 0, \"postgres\": 0}";

    /** Creates one that is empty but for its wish for ports. */
    public static TestHome create() {
        String name = Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), Character.MAX_RADIX)
                .substring(0, NAME_LENGTH);
        try {
            Path path = Files.createDirectory(Path.of("/tmp", "tt" + name));
            Files.writeString(path.resolve("ports.json"), ANY_PORTS);
            return new TestHome(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the port that a part of the home's stack has got, by its name in {@code ports.json}. */
    public int port(String part) {
        try {
            return TitanJson.mapper()
                    .readTree(Files.readString(path.resolve("ports.json")))
                    .path(part)
                    .asInt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the ids of the containers of the home's tasks, running or not; none when the home never had a sandbox host.
     * Those that wait for a task in the pool are not among them.
     */
    public List<String> containers() {
        return containers("name=sbx-[^w]");
    }

    private List<String> containers(String filter) {
        Path id = path.resolve("host-id");
        if (!Files.exists(id)) {
            return List.of();
        }
        try {
            String label = "label=dev.titan.instance=" + Files.readString(id).strip();
            return ShellOutput.of("docker", "ps", "--all", "--quiet", "--filter", label, "--filter", filter)
                    .lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the directories in which the sandboxes of this home's tasks have their sockets; the pool's begin with w. */
    public List<Path> sandboxDirectories() {
        return directories("[^w].*");
    }

    private List<Path> directories(String name) {
        Path run = path.resolve("run");
        if (!Files.isDirectory(run)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(run)) {
            return entries.filter(entry -> entry.getFileName().toString().matches(name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the directories of the sandboxes that the home's pool has made or is making. */
    public List<Path> poolDirectories() {
        return directories("w[0-9a-f]+");
    }

    /** Returns the file of structured log lines. */
    public Path log() {
        return path.resolve("logs").resolve("titan.log");
    }

    @Override
    public void close() {
        HomeProcesses.kill(path);
        keepLogs();
        for (String container : containers("name=sbx-")) {
            ShellOutput.of("docker", "rm", "--force", "--volumes", container);
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path entry : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(entry);
            }
        } catch (IOException | UncheckedIOException e) {
            // A process that was killed a moment ago may still be writing; the directory is in /tmp.
            System.err.printf("%s was not removed: %s%n", path, e.getMessage());
        }
    }

    /** What the processes wrote outlives the home, below the module's {@code target/homes}, for whoever asks why. */
    private void keepLogs() {
        Path kept = Path.of("target", "homes", path.getFileName().toString());
        try (Stream<Path> files = Files.walk(path, LOG_DEPTH)) {
            Files.createDirectories(kept);
            for (Path file : files.filter(TestHome::isLog).toList()) {
                Files.copy(file, kept.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.printf("the logs of %s were not kept: %s%n", path, e.getMessage());
        }
    }

    private static boolean isLog(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".log") || name.endsWith(".out");
    }
}
