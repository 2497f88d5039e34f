package dev.titan.sandbox.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The process that holds a sandbox: a shell that waits for bubblewrap, outside every session of Titan. It notes down who
 * it is before it starts anything, and bubblewrap and all below die with it; so there is no moment in which a crash of
 * Titan leaves processes that nobody can find.
 *
 * @param pid its process id
 * @param startTicks when it started, in the kernel's ticks since boot: a process id is used again, the pair is not
 * @param bootId the kernel's id of the boot it belongs to
 */
record Anchor(long pid, long startTicks, String bootId) {

    /**
     * What the shell does: joins the control groups (arguments until {@code --}), says who it is, runs the rest. The file
     * is moved into place so that nobody reads half of it.
     */
    static final String SCRIPT = """
            while [ "$1" != -- ]; do echo $$ > "$1" || exit 90; shift; done; shift
            cat /proc/$$/stat /proc/sys/kernel/random/boot_id > "$TITAN_ANCHOR.draft" || exit 91
            mv "$TITAN_ANCHOR.draft" "$TITAN_ANCHOR" || exit 92
            info=$TITAN_INFO; unset TITAN_ANCHOR TITAN_INFO
            "$@" 3> "$info"
            """;

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /** Field 22 of proc_pid_stat(5); the name of the program, which may hold spaces, ends with the last parenthesis. */
    private static final int START_FIELD = 22;

    private static final int FIELDS_UP_TO_NAME = 2;

    /** Reads what an anchor has noted; empty when there is none. */
    static Optional<Anchor> read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.size() != 2) {
                return Optional.empty();
            }
            long pid = Long.parseLong(
                    lines.getFirst().substring(0, lines.getFirst().indexOf(' ')));
            return Optional.of(new Anchor(pid, startTicks(lines.getFirst()), lines.getLast()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Returns whether this very process still runs; a zombie does not. */
    boolean isAlive() {
        try {
            String stat = Files.readString(Path.of("/proc/%d/stat".formatted(pid)));
            return startTicks(stat) == startTicks
                    && fields(stat)[0].charAt(0) != 'Z'
                    && Files.readString(BOOT_ID).strip().equals(bootId);
        } catch (IOException gone) {
            return false;
        }
    }

    /** Kills it, and by that everything in the sandbox. */
    void kill() {
        if (isAlive()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private static long startTicks(String stat) {
        return Long.parseLong(fields(stat)[START_FIELD - FIELDS_UP_TO_NAME - 1]);
    }

    private static String[] fields(String stat) {
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    }
}
