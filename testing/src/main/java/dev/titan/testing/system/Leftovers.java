package dev.titan.testing.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Everything on this machine that belongs to sandboxes of one Titan home, those of its pool included, found without asking
 * Titan. Sockets are files of their places.
 *
 * @param processes those of bubblewrap sandboxes
 * @param containers of Docker, running or not
 * @param volumes of Docker
 * @param loopDevices whose file is or was below the home
 * @param mounts of this mount namespace
 * @param controlGroups named after the host
 * @param places files and directories in which sandboxes have their sockets
 */
public record Leftovers(
        List<String> processes,
        List<String> containers,
        List<String> volumes,
        List<String> loopDevices,
        List<String> mounts,
        List<String> controlGroups,
        List<String> places) {

    private static final List<Path> CONTROL_GROUPS = Stream.of("", "memory", "pids", "cpu")
            .map(controller -> Path.of("/sys/fs/cgroup", controller, "titan"))
            .toList();

    /** Looks for them. */
    public static Leftovers of(TestHome home) {
        try {
            Path id = home.path().resolve("host-id");
            String host = Files.exists(id) ? Files.readString(id).strip() : "none";
            String run = home.path() + "/run/";
            return new Leftovers(
                    HomeProcesses.mentioning(run).stream()
                            .map(ProcessHandle::toString)
                            .toList(),
                    docker(host, "ps", "--all", "--format", "{{.Names}} {{.Status}}"),
                    docker(host, "volume", "ls", "--quiet"),
                    loopDevices(home),
                    Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                            .filter(line -> line.contains(home.path() + "/"))
                            .toList(),
                    CONTROL_GROUPS.stream()
                            .flatMap(groups -> named(groups, name -> name.startsWith(host)).stream())
                            .toList(),
                    named(home.path().resolve("run"), name -> true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether there is nothing at all. */
    public boolean none() {
        return count() == 0;
    }

    /** Returns how many there are of all kinds. */
    public int count() {
        return Stream.of(processes, containers, volumes, loopDevices, mounts, controlGroups, places)
                .mapToInt(List::size)
                .sum();
    }

    /** A machine without Docker has no containers either. */
    private static List<String> docker(String host, String... command) {
        List<String> all = new ArrayList<>(List.of("docker"));
        all.addAll(List.of(command));
        all.addAll(List.of("--filter", "label=dev.titan.instance=" + host));
        return ShellOutput.of(all.toArray(String[]::new)).lines();
    }

    private static List<String> loopDevices(TestHome home) throws IOException {
        List<String> found = new ArrayList<>();
        for (String device : named(Path.of("/sys/block"), name -> name.startsWith("loop"))) {
            Path backing = Path.of(device, "loop", "backing_file");
            // A device may be detached between the look and the reading.
            String file = ShellOutput.of("cat", backing.toString()).text();
            if (file.startsWith(home.path() + "/")) {
                found.add(device + " " + file.strip());
            }
        }
        return found;
    }

    private static List<String> named(Path directory, Predicate<String> wanted) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> wanted.test(entry.getFileName().toString()))
                    .map(Path::toString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
