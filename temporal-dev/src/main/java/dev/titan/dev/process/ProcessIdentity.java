package dev.titan.dev.process;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One process of this machine, told apart from every other that ever had its pid: the kernel reuses pids, never the pair
 * of pid and start time within one boot.
 *
 * @param pid the process id
 * @param startTicks start time in clock ticks since boot (field 22 of {@code /proc/<pid>/stat}, see proc(5))
 * @param bootId the kernel's random id of this boot
 */
public record ProcessIdentity(long pid, long startTicks, String bootId) {

    private static final Path PROC = Path.of("/proc");
    private static final int STATE = 0;
    private static final int START_TICKS = 19;

    public ProcessIdentity {
        requireNonNull(bootId, "bootId is null");
    }

    /** Returns the identity of the running process with that pid; empty when there is none or only its zombie. */
    public static Optional<ProcessIdentity> of(long pid) {
        try {
            return parse(Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat")), currentBoot());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /**
     * Reads a line of {@code /proc/<pid>/stat}; empty for a zombie, which nobody may have reaped yet but which runs no
     * more. The name in parentheses may itself hold spaces and parentheses, so fields are counted from the last one.
     */
    static Optional<ProcessIdentity> parse(String stat, String bootId) {
        int nameEnd = stat.lastIndexOf(')');
        if (nameEnd < 0) {
            return Optional.empty();
        }
        long pid = Long.parseLong(stat.substring(0, stat.indexOf(' ')));
        String[] fields = stat.substring(nameEnd + 2).trim().split(" ", -1);
        char state = fields[STATE].charAt(0);
        return state == 'Z' || state == 'X'
                ? Optional.empty()
                : Optional.of(new ProcessIdentity(pid, Long.parseLong(fields[START_TICKS]), bootId));
    }

    /** Returns whether this very process still runs. */
    public boolean alive() {
        return of(pid).filter(this::equals).isPresent();
    }

    private static String currentBoot() throws IOException {
        return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).trim();
    }
}
