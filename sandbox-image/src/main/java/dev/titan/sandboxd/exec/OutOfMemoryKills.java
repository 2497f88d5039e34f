package dev.titan.sandboxd.exec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How many processes of the sandbox the kernel has killed because its memory was used up, as its control group counts
 * them. The number goes up before the process dies. Without a control group in sight nothing is known, and nothing is
 * claimed. Thread-safe.
 */
final class OutOfMemoryKills {

    /** Where a sandbox sees its own group, in the second and in the first version of control groups. */
    private static final List<Path> PLACES =
            List.of(Path.of("/sys/fs/cgroup/memory.events"), Path.of("/sys/fs/cgroup/memory/memory.oom_control"));

    /** The same word in both files. */
    private static final String COUNTER = "oom_kill ";

    private final Optional<Path> file;

    private OutOfMemoryKills(Optional<Path> file) {
        this.file = file;
    }

    /** Looks where the counter is. */
    static OutOfMemoryKills ofThisSandbox() {
        return in(PLACES);
    }

    static OutOfMemoryKills in(List<Path> places) {
        return new OutOfMemoryKills(
                places.stream().filter(place -> read(place).isPresent()).findFirst());
    }

    /** Returns what there is to compare with later. */
    Since sinceNow() {
        return new Since(this, count());
    }

    private OptionalLong count() {
        return file.isPresent() ? read(file.get()) : OptionalLong.empty();
    }

    private static OptionalLong read(Path file) {
        try {
            return Files.readString(file)
                    .lines()
                    .filter(line -> line.startsWith(COUNTER))
                    .mapToLong(line -> Long.parseLong(line.substring(COUNTER.length())))
                    .findFirst();
        } catch (IOException | NumberFormatException unknown) {
            return OptionalLong.empty();
        }
    }

    /**
     * A moment.
     *
     * @param kills the counter
     * @param countThen what it said then
     */
    record Since(OutOfMemoryKills kills, OptionalLong countThen) {

        /** Whether a process was killed since. */
        boolean any() {
            return countThen.isPresent() && kills.count().orElse(0) > countThen.getAsLong();
        }
    }
}
