package dev.titan.sandboxd.exec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One line of the process table.
 *
 * @param pid its number
 * @param parent the number of its parent
 * @param session the session it belongs to
 * @param zombie whether it has ended and only waits to be noticed
 * @param startTicks when it started, in clock ticks since boot
 */
record ProcessEntry(int pid, int parent, int session, boolean zombie, long startTicks) {

    private static final Path PROC = Path.of("/proc");

    /** Returns every process in sight. */
    static Stream<ProcessEntry> all() {
        String[] names = PROC.toFile().list();
        return names == null
                ? Stream.empty()
                : Stream.of(names)
                        .filter(name -> Character.isDigit(name.charAt(0)))
                        .flatMap(name -> of(Integer.parseInt(name)).stream());
    }

    /** Returns one process, unless it is gone. */
    static Optional<ProcessEntry> of(int pid) {
        try {
            byte[] stat = Files.readAllBytes(PROC.resolve(pid + "/stat"));
            return Optional.of(parse(new String(stat, StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            return Optional.empty(); // it ended while we looked
        }
    }

    /** Whether the process was started with {@code assignment} in its environment. */
    boolean startedWith(byte[] assignment) {
        try {
            return ByteSearch.contains(Files.readAllBytes(PROC.resolve(pid + "/environ")), assignment);
        } catch (IOException e) {
            return false; // it ended, or does not let itself be looked at
        }
    }

    /** Reads a line of /proc/pid/stat (proc(5)); the name, second, may hold anything, so it is skipped from behind. */
    static ProcessEntry parse(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1);
        return new ProcessEntry(
                Integer.parseInt(stat.substring(0, stat.indexOf(' '))),
                Integer.parseInt(fields[1]),
                Integer.parseInt(fields[3]),
                fields[0].equals("Z") || fields[0].equals("X"),
                Long.parseLong(fields[19]));
    }
}
