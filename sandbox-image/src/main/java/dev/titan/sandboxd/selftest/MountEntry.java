package dev.titan.sandboxd.selftest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A line of {@code /proc/self/mountinfo} (proc(5)).
 *
 * @param root what of the file system is mounted
 * @param point where
 * @param options the mount's own options, such as {@code ro}
 * @param source the file system's device or name
 */
record MountEntry(String root, String point, Set<String> options, String source) {

    private static final int ROOT = 3;
    private static final int POINT = 4;
    private static final int OPTIONS = 5;

    MountEntry {
        options = Set.copyOf(options);
    }

    /** Returns every mount in sight. */
    static List<MountEntry> all() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
            return lines.map(MountEntry::parse).toList();
        }
    }

    static MountEntry parse(String line) {
        String[] fields = line.split(" ", -1);
        String[] fileSystem = line.substring(line.indexOf(" - ") + 3).split(" ", -1);
        return new MountEntry(
                fields[ROOT],
                fields[POINT].replace("\\040", " "),
                Set.of(fields[OPTIONS].split(",", -1)),
                fileSystem[1]);
    }

    boolean isBelow(String directory) {
        return point.equals(directory) || point.startsWith(directory.equals("/") ? "/" : directory + "/");
    }

    boolean isReadOnly() {
        return options.contains("ro");
    }
}
