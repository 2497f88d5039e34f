package dev.titan.sandbox.local;

import dev.titan.sandbox.SandboxLimits;
import dev.titan.sandbox.SandboxProvider.Unenforced;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The control groups of one sandbox, below {@code titan} in the hierarchies of this host, of the second version or of the
 * first. What a host does not let Titan limit is left out and reported as not enforced.
 *
 * @param name the sandbox's opaque name
 */
record ControlGroup(String name) {

    /** How many limits there are: memory, processes, processors. */
    static final int LIMITS = 3;

    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    /** Length of a scheduling period; the kernel's own standard. */
    private static final long PERIOD_MICROS = 100_000;

    /** A limit, the controller that keeps it, and the files that set it, the first of which must exist. */
    private record Knob(Unenforced limit, String controller, Map<String, String> settings, String required) {}

    /**
     * Returns the file in which the kernel counts what it kills when memory runs out, with the path at which a container
     * would see it. The daemon looks there; of the rest of the group it sees nothing.
     */
    Map<Path, Path> memoryEvents() {
        Path group =
                (isUnified() ? ROOT : ROOT.resolve("memory")).resolve("titan").resolve(name);
        return isUnified()
                ? Map.of(group.resolve("memory.events"), ROOT.resolve("memory.events"))
                : Map.of(group.resolve("memory.oom_control"), ROOT.resolve("memory/memory.oom_control"));
    }

    /** Makes the groups with their limits and returns the files through which a process joins them. */
    List<Path> make(SandboxLimits limits) {
        List<Path> joins = new ArrayList<>();
        for (Knob knob : knobs(limits)) {
            directory(knob.controller())
                    .filter(directory -> set(directory, knob))
                    .map(directory -> directory.resolve("cgroup.procs"))
                    .filter(join -> !joins.contains(join))
                    .ifPresent(joins::add);
        }
        return List.copyOf(joins);
    }

    /** Returns the limits that {@link #make} can set on this host, found out by doing it. */
    static List<Unenforced> enforceable() {
        ControlGroup trial = new ControlGroup("trial-" + ProcessHandle.current().pid());
        try {
            return trial.knobs(SandboxLimits.STANDARD).stream()
                    .filter(knob -> trial.directory(knob.controller())
                            .filter(directory -> trial.set(directory, knob))
                            .isPresent())
                    .map(Knob::limit)
                    .toList();
        } finally {
            trial.remove();
        }
    }

    /** Returns the groups whose names begin so; those of other homes on this host begin otherwise. */
    static List<ControlGroup> startingWith(String prefix) {
        return parents().stream()
                .map(parent -> parent.toFile().list((directory, name) -> name.startsWith(prefix)))
                .filter(Objects::nonNull)
                .flatMap(Arrays::stream)
                .distinct()
                .map(ControlGroup::new)
                .toList();
    }

    /** Removes the groups, which works once no process is left in them. Returns whether none remains. */
    boolean remove() {
        boolean gone = true;
        for (Path parent : parents()) {
            try {
                Files.deleteIfExists(parent.resolve(name));
            } catch (IOException stillInUse) {
                gone = false;
            }
        }
        return gone;
    }

    private List<Knob> knobs(SandboxLimits limits) {
        String quota = Long.toString((long) (limits.cpus() * PERIOD_MICROS));
        String memory = Long.toString(limits.memoryBytes());
        String processes = Integer.toString(limits.processesMax());
        return isUnified()
                ? List.of(
                        new Knob(
                                Unenforced.MEMORY,
                                "memory",
                                Map.of("memory.max", memory, "memory.swap.max", "0"),
                                "memory.max"),
                        new Knob(Unenforced.PROCESSES, "pids", Map.of("pids.max", processes), "pids.max"),
                        new Knob(Unenforced.CPUS, "cpu", Map.of("cpu.max", quota + " " + PERIOD_MICROS), "cpu.max"))
                : List.of(
                        new Knob(
                                Unenforced.MEMORY,
                                "memory",
                                Map.of("memory.limit_in_bytes", memory, "memory.swappiness", "0"),
                                "memory.limit_in_bytes"),
                        new Knob(Unenforced.PROCESSES, "pids", Map.of("pids.max", processes), "pids.max"),
                        new Knob(Unenforced.CPUS, "cpu", Map.of("cpu.cfs_quota_us", quota), "cpu.cfs_quota_us"));
    }

    private Optional<Path> directory(String controller) {
        try {
            Path parent = isUnified()
                    ? ROOT.resolve("titan")
                    : ROOT.resolve(controller).resolve("titan");
            if (!Files.isDirectory(parent.resolveSibling("."))) {
                return Optional.empty();
            }
            if (isUnified()) {
                Files.createDirectories(parent);
                Files.writeString(ROOT.resolve("cgroup.subtree_control"), "+" + controller);
                Files.writeString(parent.resolve("cgroup.subtree_control"), "+" + controller);
            }
            return Optional.of(Files.createDirectories(parent.resolve(name)));
        } catch (IOException notOurs) {
            return Optional.empty();
        }
    }

    private boolean set(Path directory, Knob knob) {
        try {
            for (Map.Entry<String, String> setting : knob.settings().entrySet()) {
                Path file = directory.resolve(setting.getKey());
                // Without swap accounting the kernel has no file for it, and no swap to limit in most cases.
                if (Files.exists(file) || setting.getKey().equals(knob.required())) {
                    Files.writeString(file, setting.getValue());
                }
            }
            return true;
        } catch (IOException notOurs) {
            return false;
        }
    }

    private static List<Path> parents() {
        return isUnified()
                ? List.of(ROOT.resolve("titan"))
                : List.of(
                        ROOT.resolve("memory").resolve("titan"),
                        ROOT.resolve("pids").resolve("titan"),
                        ROOT.resolve("cpu").resolve("titan"));
    }

    /** Returns whether this host has the second version. */
    static boolean isUnified() {
        return Files.exists(ROOT.resolve("cgroup.controllers"));
    }
}
